import type { Call, Command } from './command.ts';

const saslFields = ['mechanism', 'payload', 'options', 'conversationId', 'autoAuthorize'];

export const authenticationCommands: Record<string, Command> = {
  saslStart: {
    fields: saslFields,
    open: true,
    run: (call: Call) => call.authentication.start(call.body, call.database),
  },
  saslContinue: {
    fields: saslFields,
    open: true,
    run: (call: Call) => call.authentication.continue(call.body),
  },
  logout: {
    fields: [],
    open: true,
    run: ({ authentication }) => {
      authentication.logout();
      return {};
    },
  },
  connectionStatus: {
    fields: ['showPrivileges'],
    open: true,
    run: ({ authentication: { user } }) => ({
      authInfo: { authenticatedUsers: user ? [user] : [], authenticatedUserRoles: [] },
    }),
  },
};
