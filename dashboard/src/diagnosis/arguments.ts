import type { ExpertArgument } from '../api/schema';

/** What a form of an expert's arguments holds. */
export type Answers = Record<string, string | boolean>;

/** The arguments that a viewer fills in: a kept report has its details in any case. */
export function askedOf(all: ExpertArgument[]): ExpertArgument[] {
  return all.filter((argument) => argument.name !== 'include_details');
}

export function defaultsOf(all: ExpertArgument[]): Answers {
  return Object.fromEntries(all.map(({ name, type, default: value }) => [name, type === 'boolean' ? value === 'true' : value ?? '']));
}

/** As the centre takes them; what is empty is left out. */
export function argumentsOf(all: ExpertArgument[], answers: Answers): Record<string, string | number | boolean> {
  const given: Record<string, string | number | boolean> = {};
  for (const { name, type } of askedOf(all)) {
    const answer = answers[name];
    if (answer === undefined || (typeof answer === 'string' && answer.trim() === '')) continue;
    given[name] = type === 'integer' ? Number(answer) : typeof answer === 'string' ? answer.trim() : answer;
  }
  return given;
}
