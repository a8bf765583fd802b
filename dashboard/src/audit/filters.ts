/** The filters of the audit, as the centre and the address call them. */
export const filterNames = ['actor', 'action', 'target', 'outcome', 'task', 'from', 'to'] as const;
