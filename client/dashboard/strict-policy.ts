import * as z from 'zod';

// Schemas are compiled with `new Function` otherwise, which the policy of the page refuses.
z.config({ jitless: true });
