type Option = 'readsFiles' | 'listsFiles' | 'showsLenses' | 'knowsInventory';

/** An option that only an editor with Sluice's own commands and requests gives. */
export function isOn(options: unknown, name: Option): boolean {
  return typeof options === 'object' && options !== null && name in options && Reflect.get(options, name) === true;
}

/** The section `sluice` of settings that an editor sends whole. */
export function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && 'sluice' in settings ? settings.sluice : undefined;
}
