/**
 * A decision that is being made: records and answers are collected in the order in which they arise.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { GroupRequests } from '../group-requests.ts';
import type { Answer, Decision, GroupCommandKind } from './group-decision.ts';
import type { GroupRecord } from './group-records.ts';

export class DecisionDraft implements Decision {
  readonly records: GroupRecord[] = [];
  readonly answers: Answer[] = [];

  write(...records: readonly GroupRecord[]): void {
    for (const record of records) this.records.push(record);
  }

  answer(requestId: number, response: GroupRequests[GroupCommandKind]['response']): void {
    this.answers.push({ requestId, response });
  }

  refuse(requestId: number, error: TidelogError): void {
    this.answers.push({ requestId, error });
  }
}
