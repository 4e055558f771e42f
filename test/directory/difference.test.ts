import fc from 'fast-check';
import { type Test, t } from 'tap';
import { difference } from '../../src/directory/difference.ts';
import { type Change, markOf, type ObjectOf, type Real, type Wanted } from '../../src/directory/objects.ts';
import type { Wanting } from '../../src/directory/wanted.ts';

/** A directory as far as its rules matter here: what it refuses makes the test fail. */
function carryOut(changes: Change[], before: Real[]) {
  const objects = structuredClone(before);
  const find = (guid: string | null) => {
    const found = objects.find((each) => each.guid === guid);
    if (found === undefined) throw new Error(`${guid} is not there`);
    return found;
  };
  const made = new Map<string, string>();
  const guidOf = (of: ObjectOf) =>
    made.get(markOf(of)) ?? objects.find(({ mark }) => mark === markOf(of))?.guid ?? null;
  for (const change of changes) {
    if (change.action === 'create') {
      const { of, kind, container, name, attributes } = change.wanted;
      const guid = `guid of ${markOf(of)}`;
      const isOpen = kind === 'user' ? false : null;
      const mark = kind === 'container' ? null : markOf(of);
      objects.push({ guid, kind, container, name, attributes: { ...attributes }, links: {}, isOpen, mark });
      made.set(markOf(of), guid);
    } else {
      const object = find(change.guid ?? guidOf(change.of));
      if (change.action === 'open' || change.action === 'close') object.isOpen = change.action === 'open';
      else if (change.action === 'remove') {
        objects.splice(objects.indexOf(object), 1);
        for (const { links } of objects)
          for (const field of Object.keys(links))
            links[field] = (links[field] ?? []).filter((each) => each !== object.guid);
      } else if (change.action === 'update') object.attributes[change.field] = change.to as string[];
      else if (change.action === 'members')
        object.links[change.field] = (change.to as ObjectOf[]).map((of) => find(guidOf(of)).guid);
      else if (change.action === 'rename' || change.action === 'move') {
        const place = JSON.stringify([object.name, ...object.container]);
        Object.assign(object, { name: change.name, container: change.container });
        for (const below of objects)
          for (let depth = 0; depth < below.container.length; depth += 1)
            if (object.kind === 'container' && JSON.stringify(below.container.slice(depth)) === place)
              below.container = [...below.container.slice(0, depth), change.name, ...change.container];
      }
    }
    refuseDoubles(objects);
  }
  return objects;
}

function refuseDoubles(objects: Real[]) {
  const seen = new Set<string>();
  for (const { name, container, attributes } of objects) {
    const values = ['sAMAccountName', 'userPrincipalName'].flatMap((field) =>
      (attributes[field] ?? []).map((value) => `${field} ${value}`),
    );
    const addresses = (attributes.proxyAddresses ?? []).map((value) => value.replace(/^smtp:/i, ''));
    for (const each of [JSON.stringify([name, ...container]), ...values, ...addresses]) {
      if (seen.has(each.toLowerCase())) throw new Error(`${each} is there already`);
      seen.add(each.toLowerCase());
    }
    if (container.length > 0 && !objects.some((each) => isPlace([each.name, ...each.container], container)))
      throw new Error(`${container.join('/')} is not there`);
  }
}

const isPlace = (one: string[], other: string[]) =>
  JSON.stringify(one).toLowerCase() === JSON.stringify(other).toLowerCase();

const ITEMS: ObjectOf[] = [
  ...[1, 2, 3].map((id) => ({ type: 'mailbox' as const, id })),
  ...[1, 2, 3].map((id) => ({ type: 'group' as const, id })),
  { type: 'contact', id: 1 },
];
const KINDS = { mailbox: 'user', group: 'group', contact: 'contact', helper: 'container' } as const;
const text = fc.oneof(
  fc.constantFrom(
    'a',
    'B',
    '__proto__',
    'x,y',
    '‘Ali’ "bin" #1',
    ' leading',
    'trailing ',
    'علي',
    '😀',
    'a'.repeat(200),
  ),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
/** Different for a directory, too. */
const names = fc.uniqueArray(text, {
  minLength: ITEMS.length,
  maxLength: ITEMS.length,
  selector: (name) => name.toLowerCase(),
});

/** A wish for the same seven items each time: so their names and addresses wander from one to another. */
function wish(pool: string[]) {
  const item = fc.record({
    isGone: fc.boolean(),
    isOpen: fc.boolean(),
    isMoved: fc.boolean(),
    title: fc.option(text, { nil: null }),
    links: fc.subarray(ITEMS),
  });
  const items = fc.array(item, { minLength: ITEMS.length, maxLength: ITEMS.length });
  return fc
    .record({ items, order: fc.shuffledSubarray(pool, { minLength: pool.length }), code: fc.constantFrom('JC', 'KC') })
    .map(({ items, order, code }): Wanting => {
      const isWanted = (of: ObjectOf) =>
        items[ITEMS.findIndex((each) => markOf(each) === markOf(of))]?.isGone === false;
      const containers = [
        container('1', code, []),
        container('2', 'Pengguna', [code]),
        container('3', 'Dihapus', [code]),
      ];
      const objects = ITEMS.filter(isWanted).map((of): Wanted => {
        const index = ITEMS.indexOf(of);
        const [{ isOpen, isMoved, title, links } = { isOpen: false, isMoved: false, title: null, links: [] }] = [
          items[index],
        ];
        const name = order[index] ?? '';
        const isUser = of.type === 'mailbox';
        return {
          of,
          agencyId: 1,
          kind: KINDS[of.type],
          container: [isMoved ? 'Dihapus' : 'Pengguna', code],
          name,
          attributes: {
            title: title === null ? [] : [title],
            mail: [`${name}@test`],
            proxyAddresses: [`SMTP:${name}@test`],
            ...(of.type === 'contact' ? {} : { sAMAccountName: [name] }),
            ...(isUser ? { userPrincipalName: [`${name}@suffix`] } : {}),
          },
          links: of.type === 'group' ? { member: links.filter(isWanted) } : {},
          isOpen: isUser ? isOpen : null,
        };
      });
      return { objects: [...containers, ...objects], gone: ITEMS.filter((of) => !isWanted(of)), unfit: [] };
    });
}

function container(id: string, name: string, above: string[]): Wanted {
  const of: ObjectOf = { type: 'helper', id };
  return { of, agencyId: 1, kind: 'container', container: above, name, attributes: {}, links: {}, isOpen: null };
}

const twoWishes = names.chain((pool) => fc.tuple(wish(pool), wish(pool), fc.constant(pool)));
const foreign: Real = {
  guid: 'foreign',
  kind: 'user',
  container: [],
  name: 'not of IPMS',
  attributes: { title: ['mine'], proxyAddresses: ['SMTP:foreign@test.test'] },
  links: { member: [] },
  isOpen: true,
  mark: null,
};

/** Which object is which container: IPMS stores it, as they carry no mark. */
function known(real: Real[]) {
  return new Map(real.filter(({ guid }) => guid !== 'foreign').map(({ guid }) => [guid.replace('guid of ', ''), guid]));
}

const sorted = (values: string[]) => [...values].sort();

function check(t: Test, wanting: Wanting, real: Real[]) {
  const guids = known(real);
  t.equal(real.filter(({ guid }) => guid !== 'foreign').length, wanting.objects.length, 'what is gone is removed');
  for (const { of, name, container, attributes, links, isOpen } of wanting.objects) {
    const found = real.find(({ guid }) => guid === guids.get(markOf(of)));
    t.strictSame([found?.name, found?.container, found?.isOpen], [name, container, isOpen], markOf(of));
    for (const [field, values] of Object.entries(attributes))
      t.strictSame(
        (found?.attributes[field] ?? []).filter((value) => !value.startsWith('X500:')),
        values,
        field,
      );
    for (const [field, objects] of Object.entries(links))
      t.strictSame(
        sorted(found?.links[field] ?? []),
        sorted(objects.map((each) => guids.get(markOf(each)) ?? '')),
        field,
      );
  }
}

t.test('what is carried out is as wanted, whatever was there, and then there is nothing to do', async (t) => {
  fc.assert(
    fc.property(twoWishes, ([first, second]) => {
      let real = [foreign];
      for (const wanting of [first, second]) {
        const changes = difference(wanting, real, known(real));
        real = carryOut(changes, real);
        check(t, wanting, real);
        t.strictSame(difference(wanting, real, known(real)), [], 'a second pass has nothing to do');
        t.strictSame(real[0], foreign, 'the object of somebody else is as it was');
      }
    }),
  );
});

t.test('a pass that breaks off anywhere is brought to its end by the next one', async (t) => {
  fc.assert(
    fc.property(twoWishes, fc.nat(), ([first, second], at) => {
      let real = carryOut(difference(first, [foreign]), [foreign]);
      const changes = difference(second, real, known(real));
      real = carryOut(changes.slice(0, changes.length === 0 ? 0 : at % changes.length), real);
      real = carryOut(difference(second, real, known(real)), real);
      check(t, second, real);
    }),
  );
});

t.test('attributes and addresses of others, and objects that are not asked about, are left alone', async (t) => {
  fc.assert(
    fc.property(twoWishes, ([first, second]) => {
      const real = carryOut(difference(first, [foreign]), [foreign]).map((each) => ({
        ...each,
        attributes: {
          ...each.attributes,
          description: ['mine'],
          proxyAddresses: [...(each.attributes.proxyAddresses ?? []), `X500:/o=${each.guid}`],
        },
      }));
      t.strictSame(difference({ objects: [], gone: [], unfit: [] }, real, known(real)), [], 'absence says nothing');
      for (const each of carryOut(difference(second, real, known(real)), real)) {
        if (!real.some(({ guid }) => guid === each.guid)) continue;
        t.strictSame(each.attributes.description, ['mine']);
        t.ok(each.attributes.proxyAddresses?.includes(`X500:/o=${each.guid}`));
      }
    }),
  );
});

const ALI: ObjectOf = { type: 'mailbox', id: 1 };
const LIST: ObjectOf = { type: 'group', id: 1 };

function wanted(of: ObjectOf, more: Partial<Wanted> = {}): Wanted {
  const kind = KINDS[of.type];
  return { of, agencyId: 1, kind, container: ['X'], name: of.type, attributes: {}, links: {}, isOpen: null, ...more };
}

function real(of: ObjectOf, more: Partial<Real> = {}): Real {
  const kind = KINDS[of.type];
  const [guid, mark] = [of.type, markOf(of)];
  return { guid, kind, container: ['X'], name: of.type, attributes: {}, links: {}, isOpen: null, mark, ...more };
}

t.test('closing comes first, also where a value of the person does not fit, and then alone', async (t) => {
  const closed = wanted(ALI, { isOpen: false, attributes: { displayName: ['too long'] } });
  const other = wanted({ type: 'contact', id: 1 });
  const open = real(ALI, { isOpen: true });
  const close = { action: 'close', guid: 'mailbox', of: ALI };
  const unfit = [{ of: ALI, field: 'display_name', limit: 3, length: 8 }];
  t.strictSame(difference({ objects: [closed], gone: [], unfit }, [open]), [close]);
  t.strictSame(difference({ objects: [closed], gone: [], unfit }, []), [], 'nor is it made');
  t.strictSame(difference({ objects: [other, closed], gone: [], unfit: [] }, [open])[0], close);
});

t.test('one is found by what is known of it before its mark, and of two with one mark none is touched', async (t) => {
  const renamed = wanted(ALI, { name: 'new' });
  const wanting = { objects: [renamed], gone: [], unfit: [] };
  const two = [real(ALI), real(ALI, { guid: 'copy', name: 'copy' })];
  t.strictSame(difference(wanting, two), []);
  t.strictSame(difference({ objects: [], gone: [ALI], unfit: [] }, two), []);
  const changes = difference(wanting, two, new Map([[markOf(ALI), 'copy']]));
  t.match(changes, [{ action: 'rename', guid: 'copy', from: 'copy', to: 'new' }]);
});

t.test('a link waits for what it names; where nothing of it is there, the links stay', async (t) => {
  const gone: ObjectOf = { type: 'mailbox', id: 9 };
  const limited = (of: ObjectOf[]) => ({
    objects: [wanted(LIST, { links: { authOrig: of } })],
    gone: [],
    unfit: [],
  });
  const before = real(LIST, { links: { authOrig: ['somebody'] } });
  t.strictSame(difference(limited([gone]), [before]), [], 'who may send does not become everybody');
  t.match(difference(limited([gone, ALI]), [before, real(ALI)]), [
    { field: 'authOrig', from: ['somebody'], to: [ALI] },
  ]);
  t.match(difference(limited([]), [before]), [{ field: 'authOrig', to: [] }], 'it does where that is wanted');
});

t.test('other words for the same are no difference', async (t) => {
  const attributes = { accountExpires: ['9223372036854775807'], msExchHideFromAddressLists: [] };
  const wanting = { objects: [wanted(ALI, { attributes })], gone: [], unfit: [] };
  for (const accountExpires of [[], ['0'], ['9223372036854775807']])
    for (const msExchHideFromAddressLists of [[], ['FALSE']])
      t.strictSame(
        difference(wanting, [real(ALI, { attributes: { accountExpires, msExchHideFromAddressLists } })]),
        [],
      );
  const hidden = real(ALI, { attributes: { accountExpires: ['1'], msExchHideFromAddressLists: ['TRUE'] } });
  t.equal(difference(wanting, [hidden]).length, 2);
});
