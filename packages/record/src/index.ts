export {
  TidelogError,
  WIRE_ERRORS,
  LOCAL_ERRORS,
  errorNumber,
  errorCodeOf,
  isWireErrorCode,
  type ErrorCode,
  type WireErrorCode,
  type LocalErrorCode,
  type TidelogErrorOptions,
} from './errors.ts';
