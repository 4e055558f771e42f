import type { Page } from 'playwright-core';

/** The forms of the page itself that hold something to fill in, by number. Others would act at once. */
export async function fillableForms(page: Page) {
  return page.evaluate<{ index: number; action: string }[]>(`
    [...document.querySelectorAll('main form[method=post]')]
      .map((form, index) => ({ index, action: new URL(form.action).pathname, fields: form.querySelectorAll(
        'input:not([type=hidden]), select, textarea').length }))
      .filter((form) => form.fields > 0)`);
}

/** Sends a form with nothing filled in. Returns whether the page came back as refused. */
export async function sendEmpty(page: Page, index: number) {
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.evaluate(`{
      const form = document.querySelectorAll('main form[method=post]')[${index}];
      for (const field of form.elements)
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else if (field.type !== 'hidden' && field.type !== 'submit') field.value = '';
      form.submit();
    }`),
  ]);
  return answer?.status() === 422;
}
