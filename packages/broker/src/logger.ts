/** What a broker reports through: the same shape as the log's, pino's, so that one logger serves both. */
export { silentLogger, type Logger } from '@tidelog/log';
