import type { QueryLanguage, StateType } from '../model.ts';

/** What a form tells besides the names of fields: a field that its object does not have, payloads and expressions. */
export const UNKNOWN_FIELD = '(unknown field)';
export const PAYLOAD = '(payload)';
export const EXPRESSION = '(expression)';

/**
 * What decides which rules apply to a state: its type, its query language, and the names of the fields that it has,
 * itself or in its retriers, rules and the like. There is one object for each form, and a machine of a thousand states
 * has a few dozen, so what follows from a form is worked out once.
 */
export class StateForm {
  static readonly #known = new Map<string, StateForm>();
  static readonly #bare = {
    JSONPath: new Map<StateType | undefined, StateForm>(),
    JSONata: new Map<StateType | undefined, StateForm>(),
  };
  readonly #larger = new Map<string, StateForm>();

  private constructor(
    readonly type: StateType | undefined,
    readonly queryLanguage: QueryLanguage,
    readonly fields: ReadonlySet<string>,
  ) {}

  /** The form without any field. */
  static of(type: StateType | undefined, queryLanguage: QueryLanguage): StateForm {
    const forms = StateForm.#bare[queryLanguage];
    let form = forms.get(type);
    if (form === undefined) {
      form = new StateForm(type, queryLanguage, new Set());
      forms.set(type, form);
    }
    return form;
  }

  /** This form with one more field; itself where it has the field. */
  with(field: string): StateForm {
    let larger = this.#larger.get(field);
    if (larger === undefined) {
      larger = this.fields.has(field) ? this : this.#with(field);
      this.#larger.set(field, larger);
    }
    return larger;
  }

  /** The fields may have come in any order. */
  #with(field: string): StateForm {
    const fields = new Set([...this.fields, field]);
    const key = [this.type ?? '', this.queryLanguage, ...[...fields].sort()].join();
    let form = StateForm.#known.get(key);
    if (form === undefined) {
      form = new StateForm(this.type, this.queryLanguage, fields);
      StateForm.#known.set(key, form);
    }
    return form;
  }
}
