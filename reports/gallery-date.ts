// A page of the gallery changes when what it says does, not with the day on which it was remade.
process.env.SOURCE_DATE_EPOCH ??= '1795608000';
