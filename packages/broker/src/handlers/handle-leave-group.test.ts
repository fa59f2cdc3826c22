import { expect, test } from 'vitest';
import type { HandlerContext } from '../broker-core.ts';
import { handleLeaveGroup } from './handle-leave-group.ts';
import { MAX_ROWS } from './request-checks.ts';

test('a request that names more members than are answered at once is refused before any group sees it', async () => {
  const context = { denial: () => undefined } as unknown as HandlerContext;
  const members = new Array(MAX_ROWS + 1).fill({ memberId: 'm' }) as { memberId: string }[];
  await expect(handleLeaveGroup(context, { groupId: 'g', members })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
  });
});
