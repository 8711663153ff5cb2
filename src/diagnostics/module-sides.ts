/** Module kinds of the attention half and of the MLP half of a block; the order is that of reports. */
export const attentionRoles = ['q', 'k', 'v', 'o', 'qkv'] as const;
export const mlpRoles = ['gate', 'up', 'down', 'gate_up'] as const;
