import { t } from 'tap';
import { lookAtEveryPage } from './every-page.ts';

// Quality §6: every page in both languages, wide and narrow, whole and refused
t.test('every page', (t) => lookAtEveryPage(t, ['admin']));
