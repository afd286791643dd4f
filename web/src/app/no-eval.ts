// Zod tries `new Function` when it is loaded, which the content security policy refuses and reports.
// It reads this setting when it starts, whichever chunk brings it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
