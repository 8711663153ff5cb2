/** Devices that are worked on at the same time, one job on each. */
export interface DeviceSlots {
  /** Runs preparations one after another, in the order of asking, so that jobs ask for devices in that order too. */
  inTurn<T>(prepare: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` on the first of these devices that is free, in the order of asking where several wait. Rejects as `work` does;
   * the device is free again either way.
   */
  on<T>(devices: readonly string[], work: (device: string) => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly devices: readonly string[];
  readonly begin: (device: string) => void;
}

/** Opens the slots; `cuda` and `cuda:0` are one device. */
export function deviceSlots(): DeviceSlots {
  const busy = new Set<string>();
  const queue: Waiting[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const advance = (): void => {
    for (let place = 0; place < queue.length; ) {
      const free = queue[place]?.devices.find((device) => !busy.has(slot(device)));
      if (free === undefined) {
        place++;
        continue;
      }
      busy.add(slot(free));
      queue.splice(place, 1)[0]?.begin(free);
    }
  };
  return {
    inTurn(prepare) {
      const mine = turn.then(prepare);
      turn = mine.catch(() => {});
      return mine;
    },
    async on(devices, work) {
      const device = await new Promise<string>((begin) => {
        queue.push({ devices, begin });
        advance();
      });
      try {
        return await work(device);
      } finally {
        busy.delete(slot(device));
        advance();
      }
    },
  };
}

function slot(device: string): string {
  return device === 'cuda' ? 'cuda:0' : device;
}
