import type { QueryLanguage, StateType } from '../model.ts';

/** What a form tells besides the names of fields. */
export const UNKNOWN_FIELD = '(unknown field)';
export const OTHER_LANGUAGE = '(field of the other query language)';
export const PAYLOAD = '(payload)';
/** A name that ends in `.$`. */
export const TEMPLATE_FIELD = '(template field)';
/** Text that begins with `{%` and ends with `%}`, whether or not it is evaluated here. */
export const EXPRESSION = '(expression)';
/** Text with `{%` or `%}` that is no expression. */
export const DELIMITER = '(delimiter)';
/** Text in a payload of JSONPath that reads like a path or an intrinsic function but is passed on. */
export const PATH_AS_TEXT = '(path as text)';
/** What is evaluated in JSONPath and is more than a path of plain names, of which nobody has anything to say. */
export const COMPOSED = '(composed)';
/** Such as may hold an intrinsic function, a path into the context object, a variable. */
export const INTRINSIC = '(intrinsic)';
export const CONTEXT = '(context)';
export const VARIABLE = '(variable)';

/**
 * What decides which rules apply to a state: its type, its query language, the names of the fields that it has, itself or
 * in its retriers, rules and the like, and what kinds of text are in them. There is one object for each form, and a
 * machine of a thousand states has a few dozen, so what follows from a form is worked out once.
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
