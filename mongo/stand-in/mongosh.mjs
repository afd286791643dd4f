#!/usr/bin/env node
// Says by its exit code whether the server listens; it evaluates nothing.
import { connect } from 'node:net';

const socket = connect({ host: '127.0.0.1', port: 27017, timeout: 2000 });
/** @param {number} code */
const end = (code) => () => process.exit(code);
socket.on('connect', end(0)).on('error', end(1)).on('timeout', end(1));
