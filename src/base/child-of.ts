/** The words between a Malaysian name and the parent's; docs/glossary.md has the same table. */
export const CHILD_OF_WORDS = 'bin b bn ibni binti bt bte bti binte al ap anak ak';
export const CHILD_OF_STROKED = 'a/l a/p a/k s/o d/o';
