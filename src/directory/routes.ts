import type { App } from '../web/app-types.ts';
import { adoptionPages } from './pages/adoption.ts';
import { changePages } from './pages/changes.ts';
import { mappingPage } from './pages/mapping.ts';
import { objectPages } from './pages/objects.ts';
import { scriptPages } from './pages/script.ts';

export async function directory(app: App) {
  objectPages(app); // what is kept in the directory, and how it stands
  changePages(app); // what is still different: planned, changed by hand, held, or for a person to do
  await scriptPages(app); // the same as a script, and what came of it
  adoptionPages(app); // what was there before IPMS
  mappingPage(app); // what of IPMS stands where
}
