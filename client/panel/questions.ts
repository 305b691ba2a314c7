/** What the page asks the server, by way of the extension; each question has at most one answer. */
import type { GradlensRequests } from '../../server/protocol/messages.ts';
import { ANSWERS } from './answers.ts';
import type { FromPage, PanelQuery } from './messages.ts';

type Answer<Q extends PanelQuery> = GradlensRequests[Q['method']]['result'];

export class Questions {
  private readonly post: (message: FromPage) => void;
  private readonly waiting = new Map<number, (result: unknown) => void>();
  private last = 0;

  constructor(post: (message: FromPage) => void) {
    this.post = post;
  }

  /** null: there is no answer, or it is not wanted any more, or it is none to this question. */
  ask<Q extends PanelQuery>(query: Q): { readonly answer: Promise<Answer<Q> | null>; forget(): void } {
    this.last += 1;
    const id = this.last;
    const answer = new Promise<Answer<Q> | null>((resolve) => {
      const isAnswer: (result: unknown) => boolean = ANSWERS[query.method];
      this.waiting.set(id, (result) => resolve(isAnswer(result) ? (result as Answer<Q>) : null));
    });
    this.post({ kind: 'query', id, query });
    return {
      answer,
      forget: () => {
        if (!this.waiting.has(id)) return;
        this.post({ kind: 'forget', id });
        this.answered(id, null);
      },
    };
  }

  answered(id: number, result: unknown): void {
    const resolve = this.waiting.get(id);
    this.waiting.delete(id);
    resolve?.(result);
  }
}
