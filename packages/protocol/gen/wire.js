/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["tidelog"] || ($protobuf.roots["tidelog"] = {});

export const tidelog = $root.tidelog = (() => {

    /**
     * Namespace tidelog.
     * @exports tidelog
     * @namespace
     */
    const tidelog = {};

    tidelog.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof tidelog
         * @namespace
         */
        const v1 = {};

        /**
         * Api enum.
         * @name tidelog.v1.Api
         * @enum {number}
         * @property {number} API_UNSPECIFIED=0 API_UNSPECIFIED value
         * @property {number} HELLO=1 HELLO value
         * @property {number} METADATA=2 METADATA value
         * @property {number} PRODUCE=3 PRODUCE value
         * @property {number} FETCH=4 FETCH value
         * @property {number} LIST_OFFSETS=5 LIST_OFFSETS value
         * @property {number} INIT_PRODUCER_ID=6 INIT_PRODUCER_ID value
         * @property {number} CREATE_TOPICS=7 CREATE_TOPICS value
         * @property {number} DELETE_TOPICS=8 DELETE_TOPICS value
         * @property {number} CREATE_PARTITIONS=9 CREATE_PARTITIONS value
         * @property {number} DESCRIBE_CONFIGS=10 DESCRIBE_CONFIGS value
         * @property {number} ALTER_CONFIGS=11 ALTER_CONFIGS value
         * @property {number} DELETE_RECORDS=12 DELETE_RECORDS value
         * @property {number} FIND_COORDINATOR=13 FIND_COORDINATOR value
         * @property {number} OFFSET_COMMIT=14 OFFSET_COMMIT value
         * @property {number} OFFSET_FETCH=15 OFFSET_FETCH value
         * @property {number} CONSUMER_GROUP_HEARTBEAT=16 CONSUMER_GROUP_HEARTBEAT value
         * @property {number} LIST_GROUPS=17 LIST_GROUPS value
         * @property {number} DESCRIBE_GROUPS=18 DESCRIBE_GROUPS value
         * @property {number} DELETE_GROUPS=19 DELETE_GROUPS value
         * @property {number} OFFSET_DELETE=20 OFFSET_DELETE value
         * @property {number} DESCRIBE_BROKER=21 DESCRIBE_BROKER value
         */
        v1.Api = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "API_UNSPECIFIED"] = 0;
            values[valuesById[1] = "HELLO"] = 1;
            values[valuesById[2] = "METADATA"] = 2;
            values[valuesById[3] = "PRODUCE"] = 3;
            values[valuesById[4] = "FETCH"] = 4;
            values[valuesById[5] = "LIST_OFFSETS"] = 5;
            values[valuesById[6] = "INIT_PRODUCER_ID"] = 6;
            values[valuesById[7] = "CREATE_TOPICS"] = 7;
            values[valuesById[8] = "DELETE_TOPICS"] = 8;
            values[valuesById[9] = "CREATE_PARTITIONS"] = 9;
            values[valuesById[10] = "DESCRIBE_CONFIGS"] = 10;
            values[valuesById[11] = "ALTER_CONFIGS"] = 11;
            values[valuesById[12] = "DELETE_RECORDS"] = 12;
            values[valuesById[13] = "FIND_COORDINATOR"] = 13;
            values[valuesById[14] = "OFFSET_COMMIT"] = 14;
            values[valuesById[15] = "OFFSET_FETCH"] = 15;
            values[valuesById[16] = "CONSUMER_GROUP_HEARTBEAT"] = 16;
            values[valuesById[17] = "LIST_GROUPS"] = 17;
            values[valuesById[18] = "DESCRIBE_GROUPS"] = 18;
            values[valuesById[19] = "DELETE_GROUPS"] = 19;
            values[valuesById[20] = "OFFSET_DELETE"] = 20;
            values[valuesById[21] = "DESCRIBE_BROKER"] = 21;
            return values;
        })();

        v1.RequestHeader = (function() {

            /**
             * Properties of a RequestHeader.
             * @typedef {Object} tidelog.v1.RequestHeader.$Properties
             * @property {number} [api] RequestHeader api
             * @property {number} [correlationId] Chosen by the client, 1 or more, unique among its requests in flight on the connection.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RequestHeader.
             * @memberof tidelog.v1
             * @interface IRequestHeader
             * @augments tidelog.v1.RequestHeader.$Properties
             * @deprecated Use tidelog.v1.RequestHeader.$Properties instead.
             */

            /**
             * Shape of a RequestHeader.
             * @typedef {tidelog.v1.RequestHeader.$Properties} tidelog.v1.RequestHeader.$Shape
             */

            /**
             * Constructs a new RequestHeader.
             * @memberof tidelog.v1
             * @classdesc Represents a RequestHeader.
             * @constructor
             * @param {tidelog.v1.RequestHeader.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RequestHeader = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RequestHeader api.
             * @member {number} api
             * @memberof tidelog.v1.RequestHeader
             * @instance
             */
            RequestHeader.prototype.api = 0;

            /**
             * Chosen by the client, 1 or more, unique among its requests in flight on the connection.
             * @member {number} correlationId
             * @memberof tidelog.v1.RequestHeader
             * @instance
             */
            RequestHeader.prototype.correlationId = 0;

            /**
             * Encodes the specified RequestHeader message. Does not implicitly {@link tidelog.v1.RequestHeader.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.RequestHeader
             * @static
             * @param {tidelog.v1.RequestHeader.$Properties} message RequestHeader message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RequestHeader.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.api != null && $Object.hasOwnProperty.call(message, "api") && message.api !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.api);
                if (message.correlationId != null && $Object.hasOwnProperty.call(message, "correlationId") && message.correlationId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.correlationId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RequestHeader message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.RequestHeader
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.RequestHeader & tidelog.v1.RequestHeader.$Shape} RequestHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RequestHeader.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.RequestHeader();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.api = value;
                            else
                                delete message.api;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.correlationId = value;
                            else
                                delete message.correlationId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RequestHeader;
        })();

        v1.ResponseHeader = (function() {

            /**
             * Properties of a ResponseHeader.
             * @typedef {Object} tidelog.v1.ResponseHeader.$Properties
             * @property {number} [correlationId] That of the request. 0 with an error: the error is about the connection, which is then closed.
             * @property {number} [errorCode] 0, or an error that concerns the whole request: then there is no body.
             * @property {string} [errorMessage] ResponseHeader errorMessage
             * @property {number} [throttleMs] How long the client should wait before its next request; 0 today.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ResponseHeader.
             * @memberof tidelog.v1
             * @interface IResponseHeader
             * @augments tidelog.v1.ResponseHeader.$Properties
             * @deprecated Use tidelog.v1.ResponseHeader.$Properties instead.
             */

            /**
             * Shape of a ResponseHeader.
             * @typedef {tidelog.v1.ResponseHeader.$Properties} tidelog.v1.ResponseHeader.$Shape
             */

            /**
             * Constructs a new ResponseHeader.
             * @memberof tidelog.v1
             * @classdesc Represents a ResponseHeader.
             * @constructor
             * @param {tidelog.v1.ResponseHeader.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ResponseHeader = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * That of the request. 0 with an error: the error is about the connection, which is then closed.
             * @member {number} correlationId
             * @memberof tidelog.v1.ResponseHeader
             * @instance
             */
            ResponseHeader.prototype.correlationId = 0;

            /**
             * 0, or an error that concerns the whole request: then there is no body.
             * @member {number} errorCode
             * @memberof tidelog.v1.ResponseHeader
             * @instance
             */
            ResponseHeader.prototype.errorCode = 0;

            /**
             * ResponseHeader errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.ResponseHeader
             * @instance
             */
            ResponseHeader.prototype.errorMessage = "";

            /**
             * How long the client should wait before its next request; 0 today.
             * @member {number} throttleMs
             * @memberof tidelog.v1.ResponseHeader
             * @instance
             */
            ResponseHeader.prototype.throttleMs = 0;

            /**
             * Encodes the specified ResponseHeader message. Does not implicitly {@link tidelog.v1.ResponseHeader.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ResponseHeader
             * @static
             * @param {tidelog.v1.ResponseHeader.$Properties} message ResponseHeader message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ResponseHeader.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.correlationId != null && $Object.hasOwnProperty.call(message, "correlationId") && message.correlationId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.correlationId);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.errorMessage);
                if (message.throttleMs != null && $Object.hasOwnProperty.call(message, "throttleMs") && message.throttleMs !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.throttleMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ResponseHeader message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ResponseHeader
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ResponseHeader & tidelog.v1.ResponseHeader.$Shape} ResponseHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ResponseHeader.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ResponseHeader();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.correlationId = value;
                            else
                                delete message.correlationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.throttleMs = value;
                            else
                                delete message.throttleMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ResponseHeader;
        })();

        v1.HelloRequest = (function() {

            /**
             * Properties of a HelloRequest.
             * @typedef {Object} tidelog.v1.HelloRequest.$Properties
             * @property {number} [protocolVersion] HelloRequest protocolVersion
             * @property {string} [clientId] HelloRequest clientId
             * @property {string} [clientSoftwareName] HelloRequest clientSoftwareName
             * @property {string} [clientSoftwareVersion] HelloRequest clientSoftwareVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HelloRequest.
             * @memberof tidelog.v1
             * @interface IHelloRequest
             * @augments tidelog.v1.HelloRequest.$Properties
             * @deprecated Use tidelog.v1.HelloRequest.$Properties instead.
             */

            /**
             * Shape of a HelloRequest.
             * @typedef {tidelog.v1.HelloRequest.$Properties} tidelog.v1.HelloRequest.$Shape
             */

            /**
             * Constructs a new HelloRequest.
             * @memberof tidelog.v1
             * @classdesc The first request of a connection. A broker answers other requests without it too (limits stay at their
             * defaults), so that a client written in an afternoon works.
             * @constructor
             * @param {tidelog.v1.HelloRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HelloRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HelloRequest protocolVersion.
             * @member {number} protocolVersion
             * @memberof tidelog.v1.HelloRequest
             * @instance
             */
            HelloRequest.prototype.protocolVersion = 0;

            /**
             * HelloRequest clientId.
             * @member {string} clientId
             * @memberof tidelog.v1.HelloRequest
             * @instance
             */
            HelloRequest.prototype.clientId = "";

            /**
             * HelloRequest clientSoftwareName.
             * @member {string} clientSoftwareName
             * @memberof tidelog.v1.HelloRequest
             * @instance
             */
            HelloRequest.prototype.clientSoftwareName = "";

            /**
             * HelloRequest clientSoftwareVersion.
             * @member {string} clientSoftwareVersion
             * @memberof tidelog.v1.HelloRequest
             * @instance
             */
            HelloRequest.prototype.clientSoftwareVersion = "";

            /**
             * Encodes the specified HelloRequest message. Does not implicitly {@link tidelog.v1.HelloRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.HelloRequest
             * @static
             * @param {tidelog.v1.HelloRequest.$Properties} message HelloRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HelloRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion") && message.protocolVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolVersion);
                if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.clientId);
                if (message.clientSoftwareName != null && $Object.hasOwnProperty.call(message, "clientSoftwareName") && message.clientSoftwareName !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.clientSoftwareName);
                if (message.clientSoftwareVersion != null && $Object.hasOwnProperty.call(message, "clientSoftwareVersion") && message.clientSoftwareVersion !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.clientSoftwareVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HelloRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.HelloRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.HelloRequest & tidelog.v1.HelloRequest.$Shape} HelloRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HelloRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.HelloRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolVersion = value;
                            else
                                delete message.protocolVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientId = value;
                            else
                                delete message.clientId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientSoftwareName = value;
                            else
                                delete message.clientSoftwareName;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientSoftwareVersion = value;
                            else
                                delete message.clientSoftwareVersion;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HelloRequest;
        })();

        v1.HelloResponse = (function() {

            /**
             * Properties of a HelloResponse.
             * @typedef {Object} tidelog.v1.HelloResponse.$Properties
             * @property {number} [protocolVersion] HelloResponse protocolVersion
             * @property {string} [clusterId] HelloResponse clusterId
             * @property {number} [brokerId] HelloResponse brokerId
             * @property {string} [brokerVersion] HelloResponse brokerVersion
             * @property {Array.<string>} [features] HelloResponse features
             * @property {number} [maxRequestBytes] The largest frame that the broker reads, in bytes.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HelloResponse.
             * @memberof tidelog.v1
             * @interface IHelloResponse
             * @augments tidelog.v1.HelloResponse.$Properties
             * @deprecated Use tidelog.v1.HelloResponse.$Properties instead.
             */

            /**
             * Shape of a HelloResponse.
             * @typedef {tidelog.v1.HelloResponse.$Properties} tidelog.v1.HelloResponse.$Shape
             */

            /**
             * Constructs a new HelloResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a HelloResponse.
             * @constructor
             * @param {tidelog.v1.HelloResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HelloResponse = function (properties) {
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HelloResponse protocolVersion.
             * @member {number} protocolVersion
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.protocolVersion = 0;

            /**
             * HelloResponse clusterId.
             * @member {string} clusterId
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.clusterId = "";

            /**
             * HelloResponse brokerId.
             * @member {number} brokerId
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.brokerId = 0;

            /**
             * HelloResponse brokerVersion.
             * @member {string} brokerVersion
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.brokerVersion = "";

            /**
             * HelloResponse features.
             * @member {Array.<string>} features
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.features = $util.emptyArray;

            /**
             * The largest frame that the broker reads, in bytes.
             * @member {number} maxRequestBytes
             * @memberof tidelog.v1.HelloResponse
             * @instance
             */
            HelloResponse.prototype.maxRequestBytes = 0;

            /**
             * Encodes the specified HelloResponse message. Does not implicitly {@link tidelog.v1.HelloResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.HelloResponse
             * @static
             * @param {tidelog.v1.HelloResponse.$Properties} message HelloResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HelloResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolVersion != null && $Object.hasOwnProperty.call(message, "protocolVersion") && message.protocolVersion !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolVersion);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.clusterId);
                if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.brokerId);
                if (message.brokerVersion != null && $Object.hasOwnProperty.call(message, "brokerVersion") && message.brokerVersion !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.brokerVersion);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.features[i]);
                if (message.maxRequestBytes != null && $Object.hasOwnProperty.call(message, "maxRequestBytes") && message.maxRequestBytes !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.maxRequestBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HelloResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.HelloResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.HelloResponse & tidelog.v1.HelloResponse.$Shape} HelloResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HelloResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.HelloResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolVersion = value;
                            else
                                delete message.protocolVersion;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.brokerId = value;
                            else
                                delete message.brokerId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.brokerVersion = value;
                            else
                                delete message.brokerVersion;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxRequestBytes = value;
                            else
                                delete message.maxRequestBytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return HelloResponse;
        })();

        v1.BrokerEndpoint = (function() {

            /**
             * Properties of a BrokerEndpoint.
             * @typedef {Object} tidelog.v1.BrokerEndpoint.$Properties
             * @property {number} [brokerId] BrokerEndpoint brokerId
             * @property {string} [host] BrokerEndpoint host
             * @property {number} [port] BrokerEndpoint port
             * @property {string} [rack] BrokerEndpoint rack
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrokerEndpoint.
             * @memberof tidelog.v1
             * @interface IBrokerEndpoint
             * @augments tidelog.v1.BrokerEndpoint.$Properties
             * @deprecated Use tidelog.v1.BrokerEndpoint.$Properties instead.
             */

            /**
             * Shape of a BrokerEndpoint.
             * @typedef {tidelog.v1.BrokerEndpoint.$Properties} tidelog.v1.BrokerEndpoint.$Shape
             */

            /**
             * Constructs a new BrokerEndpoint.
             * @memberof tidelog.v1
             * @classdesc Represents a BrokerEndpoint.
             * @constructor
             * @param {tidelog.v1.BrokerEndpoint.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrokerEndpoint = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrokerEndpoint brokerId.
             * @member {number} brokerId
             * @memberof tidelog.v1.BrokerEndpoint
             * @instance
             */
            BrokerEndpoint.prototype.brokerId = 0;

            /**
             * BrokerEndpoint host.
             * @member {string} host
             * @memberof tidelog.v1.BrokerEndpoint
             * @instance
             */
            BrokerEndpoint.prototype.host = "";

            /**
             * BrokerEndpoint port.
             * @member {number} port
             * @memberof tidelog.v1.BrokerEndpoint
             * @instance
             */
            BrokerEndpoint.prototype.port = 0;

            /**
             * BrokerEndpoint rack.
             * @member {string} rack
             * @memberof tidelog.v1.BrokerEndpoint
             * @instance
             */
            BrokerEndpoint.prototype.rack = "";

            /**
             * Encodes the specified BrokerEndpoint message. Does not implicitly {@link tidelog.v1.BrokerEndpoint.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.BrokerEndpoint
             * @static
             * @param {tidelog.v1.BrokerEndpoint.$Properties} message BrokerEndpoint message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrokerEndpoint.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.brokerId);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.port);
                if (message.rack != null && $Object.hasOwnProperty.call(message, "rack") && message.rack !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.rack);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrokerEndpoint message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.BrokerEndpoint
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.BrokerEndpoint & tidelog.v1.BrokerEndpoint.$Shape} BrokerEndpoint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrokerEndpoint.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.BrokerEndpoint();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.brokerId = value;
                            else
                                delete message.brokerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rack = value;
                            else
                                delete message.rack;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BrokerEndpoint;
        })();

        v1.MetadataRequest = (function() {

            /**
             * Properties of a MetadataRequest.
             * @typedef {Object} tidelog.v1.MetadataRequest.$Properties
             * @property {boolean} [allTopics] Every topic, internal ones included; then the lists are ignored.
             * @property {Array.<string>} [topicNames] MetadataRequest topicNames
             * @property {Array.<Uint8Array>} [topicIds] MetadataRequest topicIds
             * @property {boolean} [allowAutoTopicCreation] MetadataRequest allowAutoTopicCreation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MetadataRequest.
             * @memberof tidelog.v1
             * @interface IMetadataRequest
             * @augments tidelog.v1.MetadataRequest.$Properties
             * @deprecated Use tidelog.v1.MetadataRequest.$Properties instead.
             */

            /**
             * Shape of a MetadataRequest.
             * @typedef {tidelog.v1.MetadataRequest.$Properties} tidelog.v1.MetadataRequest.$Shape
             */

            /**
             * Constructs a new MetadataRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a MetadataRequest.
             * @constructor
             * @param {tidelog.v1.MetadataRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MetadataRequest = function (properties) {
                this.topicNames = [];
                this.topicIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Every topic, internal ones included; then the lists are ignored.
             * @member {boolean} allTopics
             * @memberof tidelog.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.allTopics = false;

            /**
             * MetadataRequest topicNames.
             * @member {Array.<string>} topicNames
             * @memberof tidelog.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.topicNames = $util.emptyArray;

            /**
             * MetadataRequest topicIds.
             * @member {Array.<Uint8Array>} topicIds
             * @memberof tidelog.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.topicIds = $util.emptyArray;

            /**
             * MetadataRequest allowAutoTopicCreation.
             * @member {boolean} allowAutoTopicCreation
             * @memberof tidelog.v1.MetadataRequest
             * @instance
             */
            MetadataRequest.prototype.allowAutoTopicCreation = false;

            /**
             * Encodes the specified MetadataRequest message. Does not implicitly {@link tidelog.v1.MetadataRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.MetadataRequest
             * @static
             * @param {tidelog.v1.MetadataRequest.$Properties} message MetadataRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.allTopics != null && $Object.hasOwnProperty.call(message, "allTopics") && message.allTopics !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.allTopics);
                if (message.topicNames != null && message.topicNames.length)
                    for (let i = 0; i < message.topicNames.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.topicNames[i]);
                if (message.topicIds != null && message.topicIds.length)
                    for (let i = 0; i < message.topicIds.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.topicIds[i]);
                if (message.allowAutoTopicCreation != null && $Object.hasOwnProperty.call(message, "allowAutoTopicCreation") && message.allowAutoTopicCreation !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.allowAutoTopicCreation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MetadataRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.MetadataRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.MetadataRequest & tidelog.v1.MetadataRequest.$Shape} MetadataRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.MetadataRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allTopics = value;
                            else
                                delete message.allTopics;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topicNames && message.topicNames.length))
                                message.topicNames = [];
                            message.topicNames.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topicIds && message.topicIds.length))
                                message.topicIds = [];
                            message.topicIds.push(reader.bytes());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allowAutoTopicCreation = value;
                            else
                                delete message.allowAutoTopicCreation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return MetadataRequest;
        })();

        v1.MetadataResponse = (function() {

            /**
             * Properties of a MetadataResponse.
             * @typedef {Object} tidelog.v1.MetadataResponse.$Properties
             * @property {string} [clusterId] MetadataResponse clusterId
             * @property {number} [controllerId] MetadataResponse controllerId
             * @property {Array.<tidelog.v1.BrokerEndpoint.$Properties>} [brokers] MetadataResponse brokers
             * @property {Array.<tidelog.v1.TopicMetadata.$Properties>} [topics] MetadataResponse topics
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MetadataResponse.
             * @memberof tidelog.v1
             * @interface IMetadataResponse
             * @augments tidelog.v1.MetadataResponse.$Properties
             * @deprecated Use tidelog.v1.MetadataResponse.$Properties instead.
             */

            /**
             * Shape of a MetadataResponse.
             * @typedef {tidelog.v1.MetadataResponse.$Properties} tidelog.v1.MetadataResponse.$Shape
             */

            /**
             * Constructs a new MetadataResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a MetadataResponse.
             * @constructor
             * @param {tidelog.v1.MetadataResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MetadataResponse = function (properties) {
                this.brokers = [];
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MetadataResponse clusterId.
             * @member {string} clusterId
             * @memberof tidelog.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.clusterId = "";

            /**
             * MetadataResponse controllerId.
             * @member {number} controllerId
             * @memberof tidelog.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.controllerId = 0;

            /**
             * MetadataResponse brokers.
             * @member {Array.<tidelog.v1.BrokerEndpoint>} brokers
             * @memberof tidelog.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.brokers = $util.emptyArray;

            /**
             * MetadataResponse topics.
             * @member {Array.<tidelog.v1.TopicMetadata>} topics
             * @memberof tidelog.v1.MetadataResponse
             * @instance
             */
            MetadataResponse.prototype.topics = $util.emptyArray;

            /**
             * Encodes the specified MetadataResponse message. Does not implicitly {@link tidelog.v1.MetadataResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.MetadataResponse
             * @static
             * @param {tidelog.v1.MetadataResponse.$Properties} message MetadataResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MetadataResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.clusterId);
                if (message.controllerId != null && $Object.hasOwnProperty.call(message, "controllerId") && message.controllerId !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.controllerId);
                if (message.brokers != null && message.brokers.length)
                    for (let i = 0; i < message.brokers.length; ++i)
                        $root.tidelog.v1.BrokerEndpoint.encode(message.brokers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.TopicMetadata.encode(message.topics[i], writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MetadataResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.MetadataResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.MetadataResponse & tidelog.v1.MetadataResponse.$Shape} MetadataResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MetadataResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.MetadataResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.controllerId = value;
                            else
                                delete message.controllerId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.brokers && message.brokers.length))
                                message.brokers = [];
                            message.brokers.push($root.tidelog.v1.BrokerEndpoint.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.TopicMetadata.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return MetadataResponse;
        })();

        v1.TopicMetadata = (function() {

            /**
             * Properties of a TopicMetadata.
             * @typedef {Object} tidelog.v1.TopicMetadata.$Properties
             * @property {number} [errorCode] TopicMetadata errorCode
             * @property {string} [errorMessage] TopicMetadata errorMessage
             * @property {string} [name] TopicMetadata name
             * @property {Uint8Array} [topicId] 16 bytes.
             * @property {boolean} [internal] TopicMetadata internal
             * @property {Array.<tidelog.v1.PartitionMetadata.$Properties>} [partitions] TopicMetadata partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopicMetadata.
             * @memberof tidelog.v1
             * @interface ITopicMetadata
             * @augments tidelog.v1.TopicMetadata.$Properties
             * @deprecated Use tidelog.v1.TopicMetadata.$Properties instead.
             */

            /**
             * Shape of a TopicMetadata.
             * @typedef {tidelog.v1.TopicMetadata.$Properties} tidelog.v1.TopicMetadata.$Shape
             */

            /**
             * Constructs a new TopicMetadata.
             * @memberof tidelog.v1
             * @classdesc Represents a TopicMetadata.
             * @constructor
             * @param {tidelog.v1.TopicMetadata.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopicMetadata = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopicMetadata errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.errorCode = 0;

            /**
             * TopicMetadata errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.errorMessage = "";

            /**
             * TopicMetadata name.
             * @member {string} name
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.name = "";

            /**
             * 16 bytes.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.topicId = $util.newBuffer([]);

            /**
             * TopicMetadata internal.
             * @member {boolean} internal
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.internal = false;

            /**
             * TopicMetadata partitions.
             * @member {Array.<tidelog.v1.PartitionMetadata>} partitions
             * @memberof tidelog.v1.TopicMetadata
             * @instance
             */
            TopicMetadata.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified TopicMetadata message. Does not implicitly {@link tidelog.v1.TopicMetadata.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.TopicMetadata
             * @static
             * @param {tidelog.v1.TopicMetadata.$Properties} message TopicMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.errorMessage);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.topicId);
                if (message.internal != null && $Object.hasOwnProperty.call(message, "internal") && message.internal !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.internal);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.PartitionMetadata.encode(message.partitions[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopicMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.TopicMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicMetadata & tidelog.v1.TopicMetadata.$Shape} TopicMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicMetadata.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.TopicMetadata();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.internal = value;
                            else
                                delete message.internal;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.PartitionMetadata.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TopicMetadata;
        })();

        v1.PartitionMetadata = (function() {

            /**
             * Properties of a PartitionMetadata.
             * @typedef {Object} tidelog.v1.PartitionMetadata.$Properties
             * @property {number} [errorCode] PartitionMetadata errorCode
             * @property {number} [partition] PartitionMetadata partition
             * @property {number} [leaderId] -1 when the partition has no leader.
             * @property {number} [leaderEpoch] PartitionMetadata leaderEpoch
             * @property {Array.<number>} [replicaIds] PartitionMetadata replicaIds
             * @property {Array.<number>} [isrIds] PartitionMetadata isrIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PartitionMetadata.
             * @memberof tidelog.v1
             * @interface IPartitionMetadata
             * @augments tidelog.v1.PartitionMetadata.$Properties
             * @deprecated Use tidelog.v1.PartitionMetadata.$Properties instead.
             */

            /**
             * Shape of a PartitionMetadata.
             * @typedef {tidelog.v1.PartitionMetadata.$Properties} tidelog.v1.PartitionMetadata.$Shape
             */

            /**
             * Constructs a new PartitionMetadata.
             * @memberof tidelog.v1
             * @classdesc Represents a PartitionMetadata.
             * @constructor
             * @param {tidelog.v1.PartitionMetadata.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PartitionMetadata = function (properties) {
                this.replicaIds = [];
                this.isrIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PartitionMetadata errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.errorCode = 0;

            /**
             * PartitionMetadata partition.
             * @member {number} partition
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.partition = 0;

            /**
             * -1 when the partition has no leader.
             * @member {number} leaderId
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.leaderId = 0;

            /**
             * PartitionMetadata leaderEpoch.
             * @member {number} leaderEpoch
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.leaderEpoch = 0;

            /**
             * PartitionMetadata replicaIds.
             * @member {Array.<number>} replicaIds
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.replicaIds = $util.emptyArray;

            /**
             * PartitionMetadata isrIds.
             * @member {Array.<number>} isrIds
             * @memberof tidelog.v1.PartitionMetadata
             * @instance
             */
            PartitionMetadata.prototype.isrIds = $util.emptyArray;

            /**
             * Encodes the specified PartitionMetadata message. Does not implicitly {@link tidelog.v1.PartitionMetadata.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.PartitionMetadata
             * @static
             * @param {tidelog.v1.PartitionMetadata.$Properties} message PartitionMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.errorCode);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.leaderId != null && $Object.hasOwnProperty.call(message, "leaderId") && message.leaderId !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.leaderId);
                if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.leaderEpoch);
                if (message.replicaIds != null && message.replicaIds.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).int32s(message.replicaIds);
                if (message.isrIds != null && message.isrIds.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).int32s(message.isrIds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PartitionMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.PartitionMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.PartitionMetadata & tidelog.v1.PartitionMetadata.$Shape} PartitionMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionMetadata.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.PartitionMetadata();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.leaderId = value;
                            else
                                delete message.leaderId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.leaderEpoch = value;
                            else
                                delete message.leaderEpoch;
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.replicaIds && message.replicaIds.length))
                                    message.replicaIds = [];
                                reader.int32s(message.replicaIds);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.replicaIds && message.replicaIds.length))
                                message.replicaIds = [];
                            message.replicaIds.push(reader.int32());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.isrIds && message.isrIds.length))
                                    message.isrIds = [];
                                reader.int32s(message.isrIds);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.isrIds && message.isrIds.length))
                                message.isrIds = [];
                            message.isrIds.push(reader.int32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PartitionMetadata;
        })();

        v1.ProduceRequest = (function() {

            /**
             * Properties of a ProduceRequest.
             * @typedef {Object} tidelog.v1.ProduceRequest.$Properties
             * @property {number} [acks] 0: no response is sent at all. 1: the leader has it. -1: every in-sync replica has it.
             * @property {number} [timeoutMs] ProduceRequest timeoutMs
             * @property {Array.<tidelog.v1.ProducePartitionData.$Properties>} [partitions] ProduceRequest partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProduceRequest.
             * @memberof tidelog.v1
             * @interface IProduceRequest
             * @augments tidelog.v1.ProduceRequest.$Properties
             * @deprecated Use tidelog.v1.ProduceRequest.$Properties instead.
             */

            /**
             * Shape of a ProduceRequest.
             * @typedef {tidelog.v1.ProduceRequest.$Properties} tidelog.v1.ProduceRequest.$Shape
             */

            /**
             * Constructs a new ProduceRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a ProduceRequest.
             * @constructor
             * @param {tidelog.v1.ProduceRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProduceRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * 0: no response is sent at all. 1: the leader has it. -1: every in-sync replica has it.
             * @member {number} acks
             * @memberof tidelog.v1.ProduceRequest
             * @instance
             */
            ProduceRequest.prototype.acks = 0;

            /**
             * ProduceRequest timeoutMs.
             * @member {number} timeoutMs
             * @memberof tidelog.v1.ProduceRequest
             * @instance
             */
            ProduceRequest.prototype.timeoutMs = 0;

            /**
             * ProduceRequest partitions.
             * @member {Array.<tidelog.v1.ProducePartitionData>} partitions
             * @memberof tidelog.v1.ProduceRequest
             * @instance
             */
            ProduceRequest.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified ProduceRequest message. Does not implicitly {@link tidelog.v1.ProduceRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ProduceRequest
             * @static
             * @param {tidelog.v1.ProduceRequest.$Properties} message ProduceRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.acks != null && $Object.hasOwnProperty.call(message, "acks") && message.acks !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).sint32(message.acks);
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeoutMs);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.ProducePartitionData.encode(message.partitions[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProduceRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ProduceRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ProduceRequest & tidelog.v1.ProduceRequest.$Shape} ProduceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ProduceRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.acks = value;
                            else
                                delete message.acks;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.ProducePartitionData.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProduceRequest;
        })();

        v1.ProducePartitionData = (function() {

            /**
             * Properties of a ProducePartitionData.
             * @typedef {Object} tidelog.v1.ProducePartitionData.$Properties
             * @property {Uint8Array} [topicId] ProducePartitionData topicId
             * @property {number} [partition] ProducePartitionData partition
             * @property {Uint8Array} [records] Exactly one record batch of format v2, base offset ignored.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProducePartitionData.
             * @memberof tidelog.v1
             * @interface IProducePartitionData
             * @augments tidelog.v1.ProducePartitionData.$Properties
             * @deprecated Use tidelog.v1.ProducePartitionData.$Properties instead.
             */

            /**
             * Shape of a ProducePartitionData.
             * @typedef {tidelog.v1.ProducePartitionData.$Properties} tidelog.v1.ProducePartitionData.$Shape
             */

            /**
             * Constructs a new ProducePartitionData.
             * @memberof tidelog.v1
             * @classdesc Represents a ProducePartitionData.
             * @constructor
             * @param {tidelog.v1.ProducePartitionData.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProducePartitionData = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ProducePartitionData topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.ProducePartitionData
             * @instance
             */
            ProducePartitionData.prototype.topicId = $util.newBuffer([]);

            /**
             * ProducePartitionData partition.
             * @member {number} partition
             * @memberof tidelog.v1.ProducePartitionData
             * @instance
             */
            ProducePartitionData.prototype.partition = 0;

            /**
             * Exactly one record batch of format v2, base offset ignored.
             * @member {Uint8Array} records
             * @memberof tidelog.v1.ProducePartitionData
             * @instance
             */
            ProducePartitionData.prototype.records = $util.newBuffer([]);

            /**
             * Encodes the specified ProducePartitionData message. Does not implicitly {@link tidelog.v1.ProducePartitionData.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ProducePartitionData
             * @static
             * @param {tidelog.v1.ProducePartitionData.$Properties} message ProducePartitionData message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProducePartitionData.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && message.records.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.records);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProducePartitionData message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ProducePartitionData
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ProducePartitionData & tidelog.v1.ProducePartitionData.$Shape} ProducePartitionData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProducePartitionData.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ProducePartitionData();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProducePartitionData;
        })();

        v1.ProduceResponse = (function() {

            /**
             * Properties of a ProduceResponse.
             * @typedef {Object} tidelog.v1.ProduceResponse.$Properties
             * @property {Array.<tidelog.v1.ProducePartitionResult.$Properties>} [partitions] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProduceResponse.
             * @memberof tidelog.v1
             * @interface IProduceResponse
             * @augments tidelog.v1.ProduceResponse.$Properties
             * @deprecated Use tidelog.v1.ProduceResponse.$Properties instead.
             */

            /**
             * Shape of a ProduceResponse.
             * @typedef {tidelog.v1.ProduceResponse.$Properties} tidelog.v1.ProduceResponse.$Shape
             */

            /**
             * Constructs a new ProduceResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a ProduceResponse.
             * @constructor
             * @param {tidelog.v1.ProduceResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProduceResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.ProducePartitionResult>} partitions
             * @memberof tidelog.v1.ProduceResponse
             * @instance
             */
            ProduceResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified ProduceResponse message. Does not implicitly {@link tidelog.v1.ProduceResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ProduceResponse
             * @static
             * @param {tidelog.v1.ProduceResponse.$Properties} message ProduceResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProduceResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.ProducePartitionResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProduceResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ProduceResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ProduceResponse & tidelog.v1.ProduceResponse.$Shape} ProduceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProduceResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ProduceResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.ProducePartitionResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProduceResponse;
        })();

        v1.ProducePartitionResult = (function() {

            /**
             * Properties of a ProducePartitionResult.
             * @typedef {Object} tidelog.v1.ProducePartitionResult.$Properties
             * @property {number} [errorCode] ProducePartitionResult errorCode
             * @property {string} [errorMessage] ProducePartitionResult errorMessage
             * @property {Long} [baseOffset] ProducePartitionResult baseOffset
             * @property {Long} [logAppendTimeMs] -1 unless the topic stamps records itself (message.timestamp.type=LogAppendTime).
             * @property {Long} [logStartOffset] ProducePartitionResult logStartOffset
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProducePartitionResult.
             * @memberof tidelog.v1
             * @interface IProducePartitionResult
             * @augments tidelog.v1.ProducePartitionResult.$Properties
             * @deprecated Use tidelog.v1.ProducePartitionResult.$Properties instead.
             */

            /**
             * Shape of a ProducePartitionResult.
             * @typedef {tidelog.v1.ProducePartitionResult.$Properties} tidelog.v1.ProducePartitionResult.$Shape
             */

            /**
             * Constructs a new ProducePartitionResult.
             * @memberof tidelog.v1
             * @classdesc Represents a ProducePartitionResult.
             * @constructor
             * @param {tidelog.v1.ProducePartitionResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProducePartitionResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ProducePartitionResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.ProducePartitionResult
             * @instance
             */
            ProducePartitionResult.prototype.errorCode = 0;

            /**
             * ProducePartitionResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.ProducePartitionResult
             * @instance
             */
            ProducePartitionResult.prototype.errorMessage = "";

            /**
             * ProducePartitionResult baseOffset.
             * @member {Long} baseOffset
             * @memberof tidelog.v1.ProducePartitionResult
             * @instance
             */
            ProducePartitionResult.prototype.baseOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * -1 unless the topic stamps records itself (message.timestamp.type=LogAppendTime).
             * @member {Long} logAppendTimeMs
             * @memberof tidelog.v1.ProducePartitionResult
             * @instance
             */
            ProducePartitionResult.prototype.logAppendTimeMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * ProducePartitionResult logStartOffset.
             * @member {Long} logStartOffset
             * @memberof tidelog.v1.ProducePartitionResult
             * @instance
             */
            ProducePartitionResult.prototype.logStartOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified ProducePartitionResult message. Does not implicitly {@link tidelog.v1.ProducePartitionResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ProducePartitionResult
             * @static
             * @param {tidelog.v1.ProducePartitionResult.$Properties} message ProducePartitionResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProducePartitionResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.errorMessage);
                if (message.baseOffset != null && $Object.hasOwnProperty.call(message, "baseOffset") && (typeof message.baseOffset === "object" ? message.baseOffset.low || message.baseOffset.high : message.baseOffset !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.baseOffset);
                if (message.logAppendTimeMs != null && $Object.hasOwnProperty.call(message, "logAppendTimeMs") && (typeof message.logAppendTimeMs === "object" ? message.logAppendTimeMs.low || message.logAppendTimeMs.high : message.logAppendTimeMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.logAppendTimeMs);
                if (message.logStartOffset != null && $Object.hasOwnProperty.call(message, "logStartOffset") && (typeof message.logStartOffset === "object" ? message.logStartOffset.low || message.logStartOffset.high : message.logStartOffset !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.logStartOffset);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProducePartitionResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ProducePartitionResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ProducePartitionResult & tidelog.v1.ProducePartitionResult.$Shape} ProducePartitionResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProducePartitionResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ProducePartitionResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.baseOffset = value;
                            else
                                delete message.baseOffset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.logAppendTimeMs = value;
                            else
                                delete message.logAppendTimeMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.logStartOffset = value;
                            else
                                delete message.logStartOffset;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProducePartitionResult;
        })();

        v1.FetchRequest = (function() {

            /**
             * Properties of a FetchRequest.
             * @typedef {Object} tidelog.v1.FetchRequest.$Properties
             * @property {number} [maxWaitMs] The longest that the broker waits for min_bytes.
             * @property {number} [minBytes] FetchRequest minBytes
             * @property {number} [maxBytes] FetchRequest maxBytes
             * @property {number} [isolationLevel] 0 read uncommitted, 1 read committed.
             * @property {Array.<tidelog.v1.FetchPartition.$Properties>} [partitions] FetchRequest partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchRequest.
             * @memberof tidelog.v1
             * @interface IFetchRequest
             * @augments tidelog.v1.FetchRequest.$Properties
             * @deprecated Use tidelog.v1.FetchRequest.$Properties instead.
             */

            /**
             * Shape of a FetchRequest.
             * @typedef {tidelog.v1.FetchRequest.$Properties} tidelog.v1.FetchRequest.$Shape
             */

            /**
             * Constructs a new FetchRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a FetchRequest.
             * @constructor
             * @param {tidelog.v1.FetchRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The longest that the broker waits for min_bytes.
             * @member {number} maxWaitMs
             * @memberof tidelog.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.maxWaitMs = 0;

            /**
             * FetchRequest minBytes.
             * @member {number} minBytes
             * @memberof tidelog.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.minBytes = 0;

            /**
             * FetchRequest maxBytes.
             * @member {number} maxBytes
             * @memberof tidelog.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.maxBytes = 0;

            /**
             * 0 read uncommitted, 1 read committed.
             * @member {number} isolationLevel
             * @memberof tidelog.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.isolationLevel = 0;

            /**
             * FetchRequest partitions.
             * @member {Array.<tidelog.v1.FetchPartition>} partitions
             * @memberof tidelog.v1.FetchRequest
             * @instance
             */
            FetchRequest.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link tidelog.v1.FetchRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FetchRequest
             * @static
             * @param {tidelog.v1.FetchRequest.$Properties} message FetchRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.maxWaitMs != null && $Object.hasOwnProperty.call(message, "maxWaitMs") && message.maxWaitMs !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.maxWaitMs);
                if (message.minBytes != null && $Object.hasOwnProperty.call(message, "minBytes") && message.minBytes !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.minBytes);
                if (message.maxBytes != null && $Object.hasOwnProperty.call(message, "maxBytes") && message.maxBytes !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.maxBytes);
                if (message.isolationLevel != null && $Object.hasOwnProperty.call(message, "isolationLevel") && message.isolationLevel !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.isolationLevel);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.FetchPartition.encode(message.partitions[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FetchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchRequest & tidelog.v1.FetchRequest.$Shape} FetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FetchRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxWaitMs = value;
                            else
                                delete message.maxWaitMs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.minBytes = value;
                            else
                                delete message.minBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxBytes = value;
                            else
                                delete message.maxBytes;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.isolationLevel = value;
                            else
                                delete message.isolationLevel;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.FetchPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FetchRequest;
        })();

        v1.FetchPartition = (function() {

            /**
             * Properties of a FetchPartition.
             * @typedef {Object} tidelog.v1.FetchPartition.$Properties
             * @property {Uint8Array} [topicId] FetchPartition topicId
             * @property {number} [partition] FetchPartition partition
             * @property {Long} [fetchOffset] FetchPartition fetchOffset
             * @property {number} [partitionMaxBytes] FetchPartition partitionMaxBytes
             * @property {number} [currentLeaderEpochPlusOne] The leader epoch that the client knows, plus one; 0 means unknown.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchPartition.
             * @memberof tidelog.v1
             * @interface IFetchPartition
             * @augments tidelog.v1.FetchPartition.$Properties
             * @deprecated Use tidelog.v1.FetchPartition.$Properties instead.
             */

            /**
             * Shape of a FetchPartition.
             * @typedef {tidelog.v1.FetchPartition.$Properties} tidelog.v1.FetchPartition.$Shape
             */

            /**
             * Constructs a new FetchPartition.
             * @memberof tidelog.v1
             * @classdesc Represents a FetchPartition.
             * @constructor
             * @param {tidelog.v1.FetchPartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchPartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FetchPartition topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.FetchPartition
             * @instance
             */
            FetchPartition.prototype.topicId = $util.newBuffer([]);

            /**
             * FetchPartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.FetchPartition
             * @instance
             */
            FetchPartition.prototype.partition = 0;

            /**
             * FetchPartition fetchOffset.
             * @member {Long} fetchOffset
             * @memberof tidelog.v1.FetchPartition
             * @instance
             */
            FetchPartition.prototype.fetchOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * FetchPartition partitionMaxBytes.
             * @member {number} partitionMaxBytes
             * @memberof tidelog.v1.FetchPartition
             * @instance
             */
            FetchPartition.prototype.partitionMaxBytes = 0;

            /**
             * The leader epoch that the client knows, plus one; 0 means unknown.
             * @member {number} currentLeaderEpochPlusOne
             * @memberof tidelog.v1.FetchPartition
             * @instance
             */
            FetchPartition.prototype.currentLeaderEpochPlusOne = 0;

            /**
             * Encodes the specified FetchPartition message. Does not implicitly {@link tidelog.v1.FetchPartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FetchPartition
             * @static
             * @param {tidelog.v1.FetchPartition.$Properties} message FetchPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchPartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.fetchOffset != null && $Object.hasOwnProperty.call(message, "fetchOffset") && (typeof message.fetchOffset === "object" ? message.fetchOffset.low || message.fetchOffset.high : message.fetchOffset !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.fetchOffset);
                if (message.partitionMaxBytes != null && $Object.hasOwnProperty.call(message, "partitionMaxBytes") && message.partitionMaxBytes !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.partitionMaxBytes);
                if (message.currentLeaderEpochPlusOne != null && $Object.hasOwnProperty.call(message, "currentLeaderEpochPlusOne") && message.currentLeaderEpochPlusOne !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.currentLeaderEpochPlusOne);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchPartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FetchPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchPartition & tidelog.v1.FetchPartition.$Shape} FetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchPartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FetchPartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.fetchOffset = value;
                            else
                                delete message.fetchOffset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partitionMaxBytes = value;
                            else
                                delete message.partitionMaxBytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.currentLeaderEpochPlusOne = value;
                            else
                                delete message.currentLeaderEpochPlusOne;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FetchPartition;
        })();

        v1.FetchResponse = (function() {

            /**
             * Properties of a FetchResponse.
             * @typedef {Object} tidelog.v1.FetchResponse.$Properties
             * @property {Array.<tidelog.v1.FetchPartitionData.$Properties>} [partitions] FetchResponse partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchResponse.
             * @memberof tidelog.v1
             * @interface IFetchResponse
             * @augments tidelog.v1.FetchResponse.$Properties
             * @deprecated Use tidelog.v1.FetchResponse.$Properties instead.
             */

            /**
             * Shape of a FetchResponse.
             * @typedef {tidelog.v1.FetchResponse.$Properties} tidelog.v1.FetchResponse.$Shape
             */

            /**
             * Constructs a new FetchResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a FetchResponse.
             * @constructor
             * @param {tidelog.v1.FetchResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FetchResponse partitions.
             * @member {Array.<tidelog.v1.FetchPartitionData>} partitions
             * @memberof tidelog.v1.FetchResponse
             * @instance
             */
            FetchResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link tidelog.v1.FetchResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FetchResponse
             * @static
             * @param {tidelog.v1.FetchResponse.$Properties} message FetchResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.FetchPartitionData.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FetchResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchResponse & tidelog.v1.FetchResponse.$Shape} FetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FetchResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.FetchPartitionData.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FetchResponse;
        })();

        v1.FetchPartitionData = (function() {

            /**
             * Properties of a FetchPartitionData.
             * @typedef {Object} tidelog.v1.FetchPartitionData.$Properties
             * @property {Uint8Array} [topicId] FetchPartitionData topicId
             * @property {number} [partition] FetchPartitionData partition
             * @property {number} [errorCode] FetchPartitionData errorCode
             * @property {string} [errorMessage] FetchPartitionData errorMessage
             * @property {Long} [highWatermark] FetchPartitionData highWatermark
             * @property {Long} [lastStableOffset] FetchPartitionData lastStableOffset
             * @property {Long} [logStartOffset] FetchPartitionData logStartOffset
             * @property {Uint8Array} [records] Whole record batches; the first may start below fetch_offset and is then skipped into by the client.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FetchPartitionData.
             * @memberof tidelog.v1
             * @interface IFetchPartitionData
             * @augments tidelog.v1.FetchPartitionData.$Properties
             * @deprecated Use tidelog.v1.FetchPartitionData.$Properties instead.
             */

            /**
             * Shape of a FetchPartitionData.
             * @typedef {tidelog.v1.FetchPartitionData.$Properties} tidelog.v1.FetchPartitionData.$Shape
             */

            /**
             * Constructs a new FetchPartitionData.
             * @memberof tidelog.v1
             * @classdesc Represents a FetchPartitionData.
             * @constructor
             * @param {tidelog.v1.FetchPartitionData.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FetchPartitionData = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FetchPartitionData topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.topicId = $util.newBuffer([]);

            /**
             * FetchPartitionData partition.
             * @member {number} partition
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.partition = 0;

            /**
             * FetchPartitionData errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.errorCode = 0;

            /**
             * FetchPartitionData errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.errorMessage = "";

            /**
             * FetchPartitionData highWatermark.
             * @member {Long} highWatermark
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.highWatermark = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * FetchPartitionData lastStableOffset.
             * @member {Long} lastStableOffset
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.lastStableOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * FetchPartitionData logStartOffset.
             * @member {Long} logStartOffset
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.logStartOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Whole record batches; the first may start below fetch_offset and is then skipped into by the client.
             * @member {Uint8Array} records
             * @memberof tidelog.v1.FetchPartitionData
             * @instance
             */
            FetchPartitionData.prototype.records = $util.newBuffer([]);

            /**
             * Encodes the specified FetchPartitionData message. Does not implicitly {@link tidelog.v1.FetchPartitionData.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FetchPartitionData
             * @static
             * @param {tidelog.v1.FetchPartitionData.$Properties} message FetchPartitionData message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FetchPartitionData.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.errorMessage);
                if (message.highWatermark != null && $Object.hasOwnProperty.call(message, "highWatermark") && (typeof message.highWatermark === "object" ? message.highWatermark.low || message.highWatermark.high : message.highWatermark !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.highWatermark);
                if (message.lastStableOffset != null && $Object.hasOwnProperty.call(message, "lastStableOffset") && (typeof message.lastStableOffset === "object" ? message.lastStableOffset.low || message.lastStableOffset.high : message.lastStableOffset !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).int64(message.lastStableOffset);
                if (message.logStartOffset != null && $Object.hasOwnProperty.call(message, "logStartOffset") && (typeof message.logStartOffset === "object" ? message.logStartOffset.low || message.logStartOffset.high : message.logStartOffset !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.logStartOffset);
                if (message.records != null && $Object.hasOwnProperty.call(message, "records") && message.records.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.records);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FetchPartitionData message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FetchPartitionData
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchPartitionData & tidelog.v1.FetchPartitionData.$Shape} FetchPartitionData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FetchPartitionData.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FetchPartitionData();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.highWatermark = value;
                            else
                                delete message.highWatermark;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastStableOffset = value;
                            else
                                delete message.lastStableOffset;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.logStartOffset = value;
                            else
                                delete message.logStartOffset;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.records = value;
                            else
                                delete message.records;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FetchPartitionData;
        })();

        v1.ListOffsetsRequest = (function() {

            /**
             * Properties of a ListOffsetsRequest.
             * @typedef {Object} tidelog.v1.ListOffsetsRequest.$Properties
             * @property {number} [isolationLevel] ListOffsetsRequest isolationLevel
             * @property {Array.<tidelog.v1.ListOffsetsPartition.$Properties>} [partitions] ListOffsetsRequest partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListOffsetsRequest.
             * @memberof tidelog.v1
             * @interface IListOffsetsRequest
             * @augments tidelog.v1.ListOffsetsRequest.$Properties
             * @deprecated Use tidelog.v1.ListOffsetsRequest.$Properties instead.
             */

            /**
             * Shape of a ListOffsetsRequest.
             * @typedef {tidelog.v1.ListOffsetsRequest.$Properties} tidelog.v1.ListOffsetsRequest.$Shape
             */

            /**
             * Constructs a new ListOffsetsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a ListOffsetsRequest.
             * @constructor
             * @param {tidelog.v1.ListOffsetsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListOffsetsRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListOffsetsRequest isolationLevel.
             * @member {number} isolationLevel
             * @memberof tidelog.v1.ListOffsetsRequest
             * @instance
             */
            ListOffsetsRequest.prototype.isolationLevel = 0;

            /**
             * ListOffsetsRequest partitions.
             * @member {Array.<tidelog.v1.ListOffsetsPartition>} partitions
             * @memberof tidelog.v1.ListOffsetsRequest
             * @instance
             */
            ListOffsetsRequest.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified ListOffsetsRequest message. Does not implicitly {@link tidelog.v1.ListOffsetsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListOffsetsRequest
             * @static
             * @param {tidelog.v1.ListOffsetsRequest.$Properties} message ListOffsetsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.isolationLevel != null && $Object.hasOwnProperty.call(message, "isolationLevel") && message.isolationLevel !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.isolationLevel);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.ListOffsetsPartition.encode(message.partitions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListOffsetsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListOffsetsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsRequest & tidelog.v1.ListOffsetsRequest.$Shape} ListOffsetsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListOffsetsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.isolationLevel = value;
                            else
                                delete message.isolationLevel;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.ListOffsetsPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListOffsetsRequest;
        })();

        v1.ListOffsetsPartition = (function() {

            /**
             * Properties of a ListOffsetsPartition.
             * @typedef {Object} tidelog.v1.ListOffsetsPartition.$Properties
             * @property {Uint8Array} [topicId] ListOffsetsPartition topicId
             * @property {number} [partition] ListOffsetsPartition partition
             * @property {Long} [timestampMs] Milliseconds since the epoch, or -1 latest, -2 earliest, -3 the record with the largest timestamp.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListOffsetsPartition.
             * @memberof tidelog.v1
             * @interface IListOffsetsPartition
             * @augments tidelog.v1.ListOffsetsPartition.$Properties
             * @deprecated Use tidelog.v1.ListOffsetsPartition.$Properties instead.
             */

            /**
             * Shape of a ListOffsetsPartition.
             * @typedef {tidelog.v1.ListOffsetsPartition.$Properties} tidelog.v1.ListOffsetsPartition.$Shape
             */

            /**
             * Constructs a new ListOffsetsPartition.
             * @memberof tidelog.v1
             * @classdesc Represents a ListOffsetsPartition.
             * @constructor
             * @param {tidelog.v1.ListOffsetsPartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListOffsetsPartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListOffsetsPartition topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.topicId = $util.newBuffer([]);

            /**
             * ListOffsetsPartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.partition = 0;

            /**
             * Milliseconds since the epoch, or -1 latest, -2 earliest, -3 the record with the largest timestamp.
             * @member {Long} timestampMs
             * @memberof tidelog.v1.ListOffsetsPartition
             * @instance
             */
            ListOffsetsPartition.prototype.timestampMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified ListOffsetsPartition message. Does not implicitly {@link tidelog.v1.ListOffsetsPartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListOffsetsPartition
             * @static
             * @param {tidelog.v1.ListOffsetsPartition.$Properties} message ListOffsetsPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsPartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.timestampMs != null && $Object.hasOwnProperty.call(message, "timestampMs") && (typeof message.timestampMs === "object" ? message.timestampMs.low || message.timestampMs.high : message.timestampMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).sint64(message.timestampMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListOffsetsPartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListOffsetsPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsPartition & tidelog.v1.ListOffsetsPartition.$Shape} ListOffsetsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsPartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListOffsetsPartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestampMs = value;
                            else
                                delete message.timestampMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListOffsetsPartition;
        })();

        v1.ListOffsetsResponse = (function() {

            /**
             * Properties of a ListOffsetsResponse.
             * @typedef {Object} tidelog.v1.ListOffsetsResponse.$Properties
             * @property {Array.<tidelog.v1.ListOffsetsResult.$Properties>} [partitions] ListOffsetsResponse partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListOffsetsResponse.
             * @memberof tidelog.v1
             * @interface IListOffsetsResponse
             * @augments tidelog.v1.ListOffsetsResponse.$Properties
             * @deprecated Use tidelog.v1.ListOffsetsResponse.$Properties instead.
             */

            /**
             * Shape of a ListOffsetsResponse.
             * @typedef {tidelog.v1.ListOffsetsResponse.$Properties} tidelog.v1.ListOffsetsResponse.$Shape
             */

            /**
             * Constructs a new ListOffsetsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a ListOffsetsResponse.
             * @constructor
             * @param {tidelog.v1.ListOffsetsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListOffsetsResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListOffsetsResponse partitions.
             * @member {Array.<tidelog.v1.ListOffsetsResult>} partitions
             * @memberof tidelog.v1.ListOffsetsResponse
             * @instance
             */
            ListOffsetsResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified ListOffsetsResponse message. Does not implicitly {@link tidelog.v1.ListOffsetsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListOffsetsResponse
             * @static
             * @param {tidelog.v1.ListOffsetsResponse.$Properties} message ListOffsetsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.ListOffsetsResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListOffsetsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListOffsetsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsResponse & tidelog.v1.ListOffsetsResponse.$Shape} ListOffsetsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListOffsetsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.ListOffsetsResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListOffsetsResponse;
        })();

        v1.ListOffsetsResult = (function() {

            /**
             * Properties of a ListOffsetsResult.
             * @typedef {Object} tidelog.v1.ListOffsetsResult.$Properties
             * @property {Uint8Array} [topicId] ListOffsetsResult topicId
             * @property {number} [partition] ListOffsetsResult partition
             * @property {number} [errorCode] ListOffsetsResult errorCode
             * @property {string} [errorMessage] ListOffsetsResult errorMessage
             * @property {Long} [offset] -1 when no record has such a timestamp.
             * @property {Long} [timestampMs] ListOffsetsResult timestampMs
             * @property {number} [leaderEpoch] ListOffsetsResult leaderEpoch
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListOffsetsResult.
             * @memberof tidelog.v1
             * @interface IListOffsetsResult
             * @augments tidelog.v1.ListOffsetsResult.$Properties
             * @deprecated Use tidelog.v1.ListOffsetsResult.$Properties instead.
             */

            /**
             * Shape of a ListOffsetsResult.
             * @typedef {tidelog.v1.ListOffsetsResult.$Properties} tidelog.v1.ListOffsetsResult.$Shape
             */

            /**
             * Constructs a new ListOffsetsResult.
             * @memberof tidelog.v1
             * @classdesc Represents a ListOffsetsResult.
             * @constructor
             * @param {tidelog.v1.ListOffsetsResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListOffsetsResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListOffsetsResult topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.topicId = $util.newBuffer([]);

            /**
             * ListOffsetsResult partition.
             * @member {number} partition
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.partition = 0;

            /**
             * ListOffsetsResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.errorCode = 0;

            /**
             * ListOffsetsResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.errorMessage = "";

            /**
             * -1 when no record has such a timestamp.
             * @member {Long} offset
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.offset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * ListOffsetsResult timestampMs.
             * @member {Long} timestampMs
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.timestampMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * ListOffsetsResult leaderEpoch.
             * @member {number} leaderEpoch
             * @memberof tidelog.v1.ListOffsetsResult
             * @instance
             */
            ListOffsetsResult.prototype.leaderEpoch = 0;

            /**
             * Encodes the specified ListOffsetsResult message. Does not implicitly {@link tidelog.v1.ListOffsetsResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListOffsetsResult
             * @static
             * @param {tidelog.v1.ListOffsetsResult.$Properties} message ListOffsetsResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListOffsetsResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.errorMessage);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && (typeof message.offset === "object" ? message.offset.low || message.offset.high : message.offset !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).sint64(message.offset);
                if (message.timestampMs != null && $Object.hasOwnProperty.call(message, "timestampMs") && (typeof message.timestampMs === "object" ? message.timestampMs.low || message.timestampMs.high : message.timestampMs !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).sint64(message.timestampMs);
                if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).int32(message.leaderEpoch);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListOffsetsResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListOffsetsResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsResult & tidelog.v1.ListOffsetsResult.$Shape} ListOffsetsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListOffsetsResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListOffsetsResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestampMs = value;
                            else
                                delete message.timestampMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.leaderEpoch = value;
                            else
                                delete message.leaderEpoch;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListOffsetsResult;
        })();

        v1.InitProducerIdRequest = (function() {

            /**
             * Properties of an InitProducerIdRequest.
             * @typedef {Object} tidelog.v1.InitProducerIdRequest.$Properties
             * @property {string} [transactionalId] Empty: an idempotent producer without transactions.
             * @property {number} [transactionTimeoutMs] InitProducerIdRequest transactionTimeoutMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InitProducerIdRequest.
             * @memberof tidelog.v1
             * @interface IInitProducerIdRequest
             * @augments tidelog.v1.InitProducerIdRequest.$Properties
             * @deprecated Use tidelog.v1.InitProducerIdRequest.$Properties instead.
             */

            /**
             * Shape of an InitProducerIdRequest.
             * @typedef {tidelog.v1.InitProducerIdRequest.$Properties} tidelog.v1.InitProducerIdRequest.$Shape
             */

            /**
             * Constructs a new InitProducerIdRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an InitProducerIdRequest.
             * @constructor
             * @param {tidelog.v1.InitProducerIdRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InitProducerIdRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Empty: an idempotent producer without transactions.
             * @member {string} transactionalId
             * @memberof tidelog.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.transactionalId = "";

            /**
             * InitProducerIdRequest transactionTimeoutMs.
             * @member {number} transactionTimeoutMs
             * @memberof tidelog.v1.InitProducerIdRequest
             * @instance
             */
            InitProducerIdRequest.prototype.transactionTimeoutMs = 0;

            /**
             * Encodes the specified InitProducerIdRequest message. Does not implicitly {@link tidelog.v1.InitProducerIdRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.InitProducerIdRequest
             * @static
             * @param {tidelog.v1.InitProducerIdRequest.$Properties} message InitProducerIdRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InitProducerIdRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.transactionalId != null && $Object.hasOwnProperty.call(message, "transactionalId") && message.transactionalId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.transactionalId);
                if (message.transactionTimeoutMs != null && $Object.hasOwnProperty.call(message, "transactionTimeoutMs") && message.transactionTimeoutMs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.transactionTimeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InitProducerIdRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.InitProducerIdRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.InitProducerIdRequest & tidelog.v1.InitProducerIdRequest.$Shape} InitProducerIdRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InitProducerIdRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.InitProducerIdRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.transactionalId = value;
                            else
                                delete message.transactionalId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.transactionTimeoutMs = value;
                            else
                                delete message.transactionTimeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InitProducerIdRequest;
        })();

        v1.InitProducerIdResponse = (function() {

            /**
             * Properties of an InitProducerIdResponse.
             * @typedef {Object} tidelog.v1.InitProducerIdResponse.$Properties
             * @property {Long} [producerId] InitProducerIdResponse producerId
             * @property {number} [producerEpoch] InitProducerIdResponse producerEpoch
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InitProducerIdResponse.
             * @memberof tidelog.v1
             * @interface IInitProducerIdResponse
             * @augments tidelog.v1.InitProducerIdResponse.$Properties
             * @deprecated Use tidelog.v1.InitProducerIdResponse.$Properties instead.
             */

            /**
             * Shape of an InitProducerIdResponse.
             * @typedef {tidelog.v1.InitProducerIdResponse.$Properties} tidelog.v1.InitProducerIdResponse.$Shape
             */

            /**
             * Constructs a new InitProducerIdResponse.
             * @memberof tidelog.v1
             * @classdesc Represents an InitProducerIdResponse.
             * @constructor
             * @param {tidelog.v1.InitProducerIdResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InitProducerIdResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InitProducerIdResponse producerId.
             * @member {Long} producerId
             * @memberof tidelog.v1.InitProducerIdResponse
             * @instance
             */
            InitProducerIdResponse.prototype.producerId = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * InitProducerIdResponse producerEpoch.
             * @member {number} producerEpoch
             * @memberof tidelog.v1.InitProducerIdResponse
             * @instance
             */
            InitProducerIdResponse.prototype.producerEpoch = 0;

            /**
             * Encodes the specified InitProducerIdResponse message. Does not implicitly {@link tidelog.v1.InitProducerIdResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.InitProducerIdResponse
             * @static
             * @param {tidelog.v1.InitProducerIdResponse.$Properties} message InitProducerIdResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InitProducerIdResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.producerId != null && $Object.hasOwnProperty.call(message, "producerId") && (typeof message.producerId === "object" ? message.producerId.low || message.producerId.high : message.producerId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.producerId);
                if (message.producerEpoch != null && $Object.hasOwnProperty.call(message, "producerEpoch") && message.producerEpoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.producerEpoch);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InitProducerIdResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.InitProducerIdResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.InitProducerIdResponse & tidelog.v1.InitProducerIdResponse.$Shape} InitProducerIdResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InitProducerIdResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.InitProducerIdResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.producerId = value;
                            else
                                delete message.producerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.producerEpoch = value;
                            else
                                delete message.producerEpoch;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InitProducerIdResponse;
        })();

        v1.CreateTopicsRequest = (function() {

            /**
             * Properties of a CreateTopicsRequest.
             * @typedef {Object} tidelog.v1.CreateTopicsRequest.$Properties
             * @property {Array.<tidelog.v1.NewTopic.$Properties>} [topics] CreateTopicsRequest topics
             * @property {boolean} [validateOnly] CreateTopicsRequest validateOnly
             * @property {number} [timeoutMs] CreateTopicsRequest timeoutMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateTopicsRequest.
             * @memberof tidelog.v1
             * @interface ICreateTopicsRequest
             * @augments tidelog.v1.CreateTopicsRequest.$Properties
             * @deprecated Use tidelog.v1.CreateTopicsRequest.$Properties instead.
             */

            /**
             * Shape of a CreateTopicsRequest.
             * @typedef {tidelog.v1.CreateTopicsRequest.$Properties} tidelog.v1.CreateTopicsRequest.$Shape
             */

            /**
             * Constructs a new CreateTopicsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a CreateTopicsRequest.
             * @constructor
             * @param {tidelog.v1.CreateTopicsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateTopicsRequest = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateTopicsRequest topics.
             * @member {Array.<tidelog.v1.NewTopic>} topics
             * @memberof tidelog.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.topics = $util.emptyArray;

            /**
             * CreateTopicsRequest validateOnly.
             * @member {boolean} validateOnly
             * @memberof tidelog.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.validateOnly = false;

            /**
             * CreateTopicsRequest timeoutMs.
             * @member {number} timeoutMs
             * @memberof tidelog.v1.CreateTopicsRequest
             * @instance
             */
            CreateTopicsRequest.prototype.timeoutMs = 0;

            /**
             * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link tidelog.v1.CreateTopicsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CreateTopicsRequest
             * @static
             * @param {tidelog.v1.CreateTopicsRequest.$Properties} message CreateTopicsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.NewTopic.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.validateOnly != null && $Object.hasOwnProperty.call(message, "validateOnly") && message.validateOnly !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validateOnly);
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.timeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateTopicsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CreateTopicsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicsRequest & tidelog.v1.CreateTopicsRequest.$Shape} CreateTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CreateTopicsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.NewTopic.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.validateOnly = value;
                            else
                                delete message.validateOnly;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateTopicsRequest;
        })();

        v1.NewTopic = (function() {

            /**
             * Properties of a NewTopic.
             * @typedef {Object} tidelog.v1.NewTopic.$Properties
             * @property {string} [name] NewTopic name
             * @property {number} [partitionCount] 0: the broker's default.
             * @property {number} [replicationFactor] 0: the broker's default.
             * @property {Object.<string,string>} [configs] NewTopic configs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NewTopic.
             * @memberof tidelog.v1
             * @interface INewTopic
             * @augments tidelog.v1.NewTopic.$Properties
             * @deprecated Use tidelog.v1.NewTopic.$Properties instead.
             */

            /**
             * Shape of a NewTopic.
             * @typedef {tidelog.v1.NewTopic.$Properties} tidelog.v1.NewTopic.$Shape
             */

            /**
             * Constructs a new NewTopic.
             * @memberof tidelog.v1
             * @classdesc Represents a NewTopic.
             * @constructor
             * @param {tidelog.v1.NewTopic.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NewTopic = function (properties) {
                this.configs = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NewTopic name.
             * @member {string} name
             * @memberof tidelog.v1.NewTopic
             * @instance
             */
            NewTopic.prototype.name = "";

            /**
             * 0: the broker's default.
             * @member {number} partitionCount
             * @memberof tidelog.v1.NewTopic
             * @instance
             */
            NewTopic.prototype.partitionCount = 0;

            /**
             * 0: the broker's default.
             * @member {number} replicationFactor
             * @memberof tidelog.v1.NewTopic
             * @instance
             */
            NewTopic.prototype.replicationFactor = 0;

            /**
             * NewTopic configs.
             * @member {Object.<string,string>} configs
             * @memberof tidelog.v1.NewTopic
             * @instance
             */
            NewTopic.prototype.configs = $util.emptyObject;

            /**
             * Encodes the specified NewTopic message. Does not implicitly {@link tidelog.v1.NewTopic.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.NewTopic
             * @static
             * @param {tidelog.v1.NewTopic.$Properties} message NewTopic message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NewTopic.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.partitionCount != null && $Object.hasOwnProperty.call(message, "partitionCount") && message.partitionCount !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partitionCount);
                if (message.replicationFactor != null && $Object.hasOwnProperty.call(message, "replicationFactor") && message.replicationFactor !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.replicationFactor);
                if (message.configs != null && $Object.hasOwnProperty.call(message, "configs"))
                    for (let keys = $Object.keys(message.configs), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.configs[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NewTopic message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.NewTopic
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.NewTopic & tidelog.v1.NewTopic.$Shape} NewTopic
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NewTopic.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.NewTopic();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partitionCount = value;
                            else
                                delete message.partitionCount;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.replicationFactor = value;
                            else
                                delete message.replicationFactor;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (message.configs === $util.emptyObject)
                                message.configs = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.configs, key);
                            message.configs[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NewTopic;
        })();

        v1.CreateTopicsResponse = (function() {

            /**
             * Properties of a CreateTopicsResponse.
             * @typedef {Object} tidelog.v1.CreateTopicsResponse.$Properties
             * @property {Array.<tidelog.v1.CreateTopicResult.$Properties>} [topics] CreateTopicsResponse topics
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateTopicsResponse.
             * @memberof tidelog.v1
             * @interface ICreateTopicsResponse
             * @augments tidelog.v1.CreateTopicsResponse.$Properties
             * @deprecated Use tidelog.v1.CreateTopicsResponse.$Properties instead.
             */

            /**
             * Shape of a CreateTopicsResponse.
             * @typedef {tidelog.v1.CreateTopicsResponse.$Properties} tidelog.v1.CreateTopicsResponse.$Shape
             */

            /**
             * Constructs a new CreateTopicsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a CreateTopicsResponse.
             * @constructor
             * @param {tidelog.v1.CreateTopicsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateTopicsResponse = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateTopicsResponse topics.
             * @member {Array.<tidelog.v1.CreateTopicResult>} topics
             * @memberof tidelog.v1.CreateTopicsResponse
             * @instance
             */
            CreateTopicsResponse.prototype.topics = $util.emptyArray;

            /**
             * Encodes the specified CreateTopicsResponse message. Does not implicitly {@link tidelog.v1.CreateTopicsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CreateTopicsResponse
             * @static
             * @param {tidelog.v1.CreateTopicsResponse.$Properties} message CreateTopicsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.CreateTopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateTopicsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CreateTopicsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicsResponse & tidelog.v1.CreateTopicsResponse.$Shape} CreateTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CreateTopicsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.CreateTopicResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateTopicsResponse;
        })();

        v1.CreateTopicResult = (function() {

            /**
             * Properties of a CreateTopicResult.
             * @typedef {Object} tidelog.v1.CreateTopicResult.$Properties
             * @property {string} [name] CreateTopicResult name
             * @property {number} [errorCode] CreateTopicResult errorCode
             * @property {string} [errorMessage] CreateTopicResult errorMessage
             * @property {Uint8Array} [topicId] CreateTopicResult topicId
             * @property {number} [partitionCount] CreateTopicResult partitionCount
             * @property {number} [replicationFactor] CreateTopicResult replicationFactor
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateTopicResult.
             * @memberof tidelog.v1
             * @interface ICreateTopicResult
             * @augments tidelog.v1.CreateTopicResult.$Properties
             * @deprecated Use tidelog.v1.CreateTopicResult.$Properties instead.
             */

            /**
             * Shape of a CreateTopicResult.
             * @typedef {tidelog.v1.CreateTopicResult.$Properties} tidelog.v1.CreateTopicResult.$Shape
             */

            /**
             * Constructs a new CreateTopicResult.
             * @memberof tidelog.v1
             * @classdesc Represents a CreateTopicResult.
             * @constructor
             * @param {tidelog.v1.CreateTopicResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateTopicResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateTopicResult name.
             * @member {string} name
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.name = "";

            /**
             * CreateTopicResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.errorCode = 0;

            /**
             * CreateTopicResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.errorMessage = "";

            /**
             * CreateTopicResult topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.topicId = $util.newBuffer([]);

            /**
             * CreateTopicResult partitionCount.
             * @member {number} partitionCount
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.partitionCount = 0;

            /**
             * CreateTopicResult replicationFactor.
             * @member {number} replicationFactor
             * @memberof tidelog.v1.CreateTopicResult
             * @instance
             */
            CreateTopicResult.prototype.replicationFactor = 0;

            /**
             * Encodes the specified CreateTopicResult message. Does not implicitly {@link tidelog.v1.CreateTopicResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CreateTopicResult
             * @static
             * @param {tidelog.v1.CreateTopicResult.$Properties} message CreateTopicResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateTopicResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.errorMessage);
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.topicId);
                if (message.partitionCount != null && $Object.hasOwnProperty.call(message, "partitionCount") && message.partitionCount !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.partitionCount);
                if (message.replicationFactor != null && $Object.hasOwnProperty.call(message, "replicationFactor") && message.replicationFactor !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.replicationFactor);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateTopicResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CreateTopicResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicResult & tidelog.v1.CreateTopicResult.$Shape} CreateTopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateTopicResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CreateTopicResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partitionCount = value;
                            else
                                delete message.partitionCount;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.replicationFactor = value;
                            else
                                delete message.replicationFactor;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateTopicResult;
        })();

        v1.DeleteTopicsRequest = (function() {

            /**
             * Properties of a DeleteTopicsRequest.
             * @typedef {Object} tidelog.v1.DeleteTopicsRequest.$Properties
             * @property {Array.<string>} [names] DeleteTopicsRequest names
             * @property {Array.<Uint8Array>} [topicIds] DeleteTopicsRequest topicIds
             * @property {number} [timeoutMs] DeleteTopicsRequest timeoutMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteTopicsRequest.
             * @memberof tidelog.v1
             * @interface IDeleteTopicsRequest
             * @augments tidelog.v1.DeleteTopicsRequest.$Properties
             * @deprecated Use tidelog.v1.DeleteTopicsRequest.$Properties instead.
             */

            /**
             * Shape of a DeleteTopicsRequest.
             * @typedef {tidelog.v1.DeleteTopicsRequest.$Properties} tidelog.v1.DeleteTopicsRequest.$Shape
             */

            /**
             * Constructs a new DeleteTopicsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteTopicsRequest.
             * @constructor
             * @param {tidelog.v1.DeleteTopicsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteTopicsRequest = function (properties) {
                this.names = [];
                this.topicIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteTopicsRequest names.
             * @member {Array.<string>} names
             * @memberof tidelog.v1.DeleteTopicsRequest
             * @instance
             */
            DeleteTopicsRequest.prototype.names = $util.emptyArray;

            /**
             * DeleteTopicsRequest topicIds.
             * @member {Array.<Uint8Array>} topicIds
             * @memberof tidelog.v1.DeleteTopicsRequest
             * @instance
             */
            DeleteTopicsRequest.prototype.topicIds = $util.emptyArray;

            /**
             * DeleteTopicsRequest timeoutMs.
             * @member {number} timeoutMs
             * @memberof tidelog.v1.DeleteTopicsRequest
             * @instance
             */
            DeleteTopicsRequest.prototype.timeoutMs = 0;

            /**
             * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link tidelog.v1.DeleteTopicsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteTopicsRequest
             * @static
             * @param {tidelog.v1.DeleteTopicsRequest.$Properties} message DeleteTopicsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteTopicsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.names[i]);
                if (message.topicIds != null && message.topicIds.length)
                    for (let i = 0; i < message.topicIds.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.topicIds[i]);
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.timeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteTopicsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteTopicsRequest & tidelog.v1.DeleteTopicsRequest.$Shape} DeleteTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteTopicsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteTopicsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topicIds && message.topicIds.length))
                                message.topicIds = [];
                            message.topicIds.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteTopicsRequest;
        })();

        v1.DeleteTopicsResponse = (function() {

            /**
             * Properties of a DeleteTopicsResponse.
             * @typedef {Object} tidelog.v1.DeleteTopicsResponse.$Properties
             * @property {Array.<tidelog.v1.TopicResult.$Properties>} [topics] DeleteTopicsResponse topics
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteTopicsResponse.
             * @memberof tidelog.v1
             * @interface IDeleteTopicsResponse
             * @augments tidelog.v1.DeleteTopicsResponse.$Properties
             * @deprecated Use tidelog.v1.DeleteTopicsResponse.$Properties instead.
             */

            /**
             * Shape of a DeleteTopicsResponse.
             * @typedef {tidelog.v1.DeleteTopicsResponse.$Properties} tidelog.v1.DeleteTopicsResponse.$Shape
             */

            /**
             * Constructs a new DeleteTopicsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteTopicsResponse.
             * @constructor
             * @param {tidelog.v1.DeleteTopicsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteTopicsResponse = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteTopicsResponse topics.
             * @member {Array.<tidelog.v1.TopicResult>} topics
             * @memberof tidelog.v1.DeleteTopicsResponse
             * @instance
             */
            DeleteTopicsResponse.prototype.topics = $util.emptyArray;

            /**
             * Encodes the specified DeleteTopicsResponse message. Does not implicitly {@link tidelog.v1.DeleteTopicsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteTopicsResponse
             * @static
             * @param {tidelog.v1.DeleteTopicsResponse.$Properties} message DeleteTopicsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteTopicsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.TopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteTopicsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteTopicsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteTopicsResponse & tidelog.v1.DeleteTopicsResponse.$Shape} DeleteTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteTopicsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteTopicsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.TopicResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteTopicsResponse;
        })();

        v1.TopicResult = (function() {

            /**
             * Properties of a TopicResult.
             * @typedef {Object} tidelog.v1.TopicResult.$Properties
             * @property {string} [name] TopicResult name
             * @property {Uint8Array} [topicId] TopicResult topicId
             * @property {number} [errorCode] TopicResult errorCode
             * @property {string} [errorMessage] TopicResult errorMessage
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopicResult.
             * @memberof tidelog.v1
             * @interface ITopicResult
             * @augments tidelog.v1.TopicResult.$Properties
             * @deprecated Use tidelog.v1.TopicResult.$Properties instead.
             */

            /**
             * Shape of a TopicResult.
             * @typedef {tidelog.v1.TopicResult.$Properties} tidelog.v1.TopicResult.$Shape
             */

            /**
             * Constructs a new TopicResult.
             * @memberof tidelog.v1
             * @classdesc Represents a TopicResult.
             * @constructor
             * @param {tidelog.v1.TopicResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopicResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopicResult name.
             * @member {string} name
             * @memberof tidelog.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.name = "";

            /**
             * TopicResult topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.topicId = $util.newBuffer([]);

            /**
             * TopicResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.errorCode = 0;

            /**
             * TopicResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.TopicResult
             * @instance
             */
            TopicResult.prototype.errorMessage = "";

            /**
             * Encodes the specified TopicResult message. Does not implicitly {@link tidelog.v1.TopicResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.TopicResult
             * @static
             * @param {tidelog.v1.TopicResult.$Properties} message TopicResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.topicId);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.errorMessage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopicResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.TopicResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicResult & tidelog.v1.TopicResult.$Shape} TopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.TopicResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TopicResult;
        })();

        v1.CreatePartitionsRequest = (function() {

            /**
             * Properties of a CreatePartitionsRequest.
             * @typedef {Object} tidelog.v1.CreatePartitionsRequest.$Properties
             * @property {Array.<tidelog.v1.NewPartitions.$Properties>} [topics] CreatePartitionsRequest topics
             * @property {boolean} [validateOnly] CreatePartitionsRequest validateOnly
             * @property {number} [timeoutMs] CreatePartitionsRequest timeoutMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreatePartitionsRequest.
             * @memberof tidelog.v1
             * @interface ICreatePartitionsRequest
             * @augments tidelog.v1.CreatePartitionsRequest.$Properties
             * @deprecated Use tidelog.v1.CreatePartitionsRequest.$Properties instead.
             */

            /**
             * Shape of a CreatePartitionsRequest.
             * @typedef {tidelog.v1.CreatePartitionsRequest.$Properties} tidelog.v1.CreatePartitionsRequest.$Shape
             */

            /**
             * Constructs a new CreatePartitionsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a CreatePartitionsRequest.
             * @constructor
             * @param {tidelog.v1.CreatePartitionsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreatePartitionsRequest = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreatePartitionsRequest topics.
             * @member {Array.<tidelog.v1.NewPartitions>} topics
             * @memberof tidelog.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.topics = $util.emptyArray;

            /**
             * CreatePartitionsRequest validateOnly.
             * @member {boolean} validateOnly
             * @memberof tidelog.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.validateOnly = false;

            /**
             * CreatePartitionsRequest timeoutMs.
             * @member {number} timeoutMs
             * @memberof tidelog.v1.CreatePartitionsRequest
             * @instance
             */
            CreatePartitionsRequest.prototype.timeoutMs = 0;

            /**
             * Encodes the specified CreatePartitionsRequest message. Does not implicitly {@link tidelog.v1.CreatePartitionsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CreatePartitionsRequest
             * @static
             * @param {tidelog.v1.CreatePartitionsRequest.$Properties} message CreatePartitionsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreatePartitionsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.NewPartitions.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.validateOnly != null && $Object.hasOwnProperty.call(message, "validateOnly") && message.validateOnly !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validateOnly);
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.timeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreatePartitionsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CreatePartitionsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CreatePartitionsRequest & tidelog.v1.CreatePartitionsRequest.$Shape} CreatePartitionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreatePartitionsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CreatePartitionsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.NewPartitions.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.validateOnly = value;
                            else
                                delete message.validateOnly;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreatePartitionsRequest;
        })();

        v1.NewPartitions = (function() {

            /**
             * Properties of a NewPartitions.
             * @typedef {Object} tidelog.v1.NewPartitions.$Properties
             * @property {string} [name] NewPartitions name
             * @property {number} [totalCount] The count after the change.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NewPartitions.
             * @memberof tidelog.v1
             * @interface INewPartitions
             * @augments tidelog.v1.NewPartitions.$Properties
             * @deprecated Use tidelog.v1.NewPartitions.$Properties instead.
             */

            /**
             * Shape of a NewPartitions.
             * @typedef {tidelog.v1.NewPartitions.$Properties} tidelog.v1.NewPartitions.$Shape
             */

            /**
             * Constructs a new NewPartitions.
             * @memberof tidelog.v1
             * @classdesc Represents a NewPartitions.
             * @constructor
             * @param {tidelog.v1.NewPartitions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NewPartitions = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NewPartitions name.
             * @member {string} name
             * @memberof tidelog.v1.NewPartitions
             * @instance
             */
            NewPartitions.prototype.name = "";

            /**
             * The count after the change.
             * @member {number} totalCount
             * @memberof tidelog.v1.NewPartitions
             * @instance
             */
            NewPartitions.prototype.totalCount = 0;

            /**
             * Encodes the specified NewPartitions message. Does not implicitly {@link tidelog.v1.NewPartitions.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.NewPartitions
             * @static
             * @param {tidelog.v1.NewPartitions.$Properties} message NewPartitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NewPartitions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.totalCount != null && $Object.hasOwnProperty.call(message, "totalCount") && message.totalCount !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.totalCount);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NewPartitions message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.NewPartitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.NewPartitions & tidelog.v1.NewPartitions.$Shape} NewPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NewPartitions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.NewPartitions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.totalCount = value;
                            else
                                delete message.totalCount;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NewPartitions;
        })();

        v1.CreatePartitionsResponse = (function() {

            /**
             * Properties of a CreatePartitionsResponse.
             * @typedef {Object} tidelog.v1.CreatePartitionsResponse.$Properties
             * @property {Array.<tidelog.v1.TopicResult.$Properties>} [topics] CreatePartitionsResponse topics
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreatePartitionsResponse.
             * @memberof tidelog.v1
             * @interface ICreatePartitionsResponse
             * @augments tidelog.v1.CreatePartitionsResponse.$Properties
             * @deprecated Use tidelog.v1.CreatePartitionsResponse.$Properties instead.
             */

            /**
             * Shape of a CreatePartitionsResponse.
             * @typedef {tidelog.v1.CreatePartitionsResponse.$Properties} tidelog.v1.CreatePartitionsResponse.$Shape
             */

            /**
             * Constructs a new CreatePartitionsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a CreatePartitionsResponse.
             * @constructor
             * @param {tidelog.v1.CreatePartitionsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreatePartitionsResponse = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreatePartitionsResponse topics.
             * @member {Array.<tidelog.v1.TopicResult>} topics
             * @memberof tidelog.v1.CreatePartitionsResponse
             * @instance
             */
            CreatePartitionsResponse.prototype.topics = $util.emptyArray;

            /**
             * Encodes the specified CreatePartitionsResponse message. Does not implicitly {@link tidelog.v1.CreatePartitionsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CreatePartitionsResponse
             * @static
             * @param {tidelog.v1.CreatePartitionsResponse.$Properties} message CreatePartitionsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreatePartitionsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.TopicResult.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreatePartitionsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CreatePartitionsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CreatePartitionsResponse & tidelog.v1.CreatePartitionsResponse.$Shape} CreatePartitionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreatePartitionsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CreatePartitionsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.TopicResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreatePartitionsResponse;
        })();

        /**
         * ConfigResourceType enum.
         * @name tidelog.v1.ConfigResourceType
         * @enum {number}
         * @property {number} CONFIG_RESOURCE_UNSPECIFIED=0 CONFIG_RESOURCE_UNSPECIFIED value
         * @property {number} TOPIC=2 TOPIC value
         * @property {number} BROKER=4 BROKER value
         */
        v1.ConfigResourceType = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CONFIG_RESOURCE_UNSPECIFIED"] = 0;
            values[valuesById[2] = "TOPIC"] = 2;
            values[valuesById[4] = "BROKER"] = 4;
            return values;
        })();

        v1.DescribeConfigsRequest = (function() {

            /**
             * Properties of a DescribeConfigsRequest.
             * @typedef {Object} tidelog.v1.DescribeConfigsRequest.$Properties
             * @property {Array.<tidelog.v1.ConfigResource.$Properties>} [resources] DescribeConfigsRequest resources
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeConfigsRequest.
             * @memberof tidelog.v1
             * @interface IDescribeConfigsRequest
             * @augments tidelog.v1.DescribeConfigsRequest.$Properties
             * @deprecated Use tidelog.v1.DescribeConfigsRequest.$Properties instead.
             */

            /**
             * Shape of a DescribeConfigsRequest.
             * @typedef {tidelog.v1.DescribeConfigsRequest.$Properties} tidelog.v1.DescribeConfigsRequest.$Shape
             */

            /**
             * Constructs a new DescribeConfigsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribeConfigsRequest.
             * @constructor
             * @param {tidelog.v1.DescribeConfigsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeConfigsRequest = function (properties) {
                this.resources = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribeConfigsRequest resources.
             * @member {Array.<tidelog.v1.ConfigResource>} resources
             * @memberof tidelog.v1.DescribeConfigsRequest
             * @instance
             */
            DescribeConfigsRequest.prototype.resources = $util.emptyArray;

            /**
             * Encodes the specified DescribeConfigsRequest message. Does not implicitly {@link tidelog.v1.DescribeConfigsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeConfigsRequest
             * @static
             * @param {tidelog.v1.DescribeConfigsRequest.$Properties} message DescribeConfigsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeConfigsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.tidelog.v1.ConfigResource.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeConfigsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeConfigsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeConfigsRequest & tidelog.v1.DescribeConfigsRequest.$Shape} DescribeConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeConfigsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeConfigsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.tidelog.v1.ConfigResource.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeConfigsRequest;
        })();

        v1.ConfigResource = (function() {

            /**
             * Properties of a ConfigResource.
             * @typedef {Object} tidelog.v1.ConfigResource.$Properties
             * @property {tidelog.v1.ConfigResourceType} [type] ConfigResource type
             * @property {string} [name] A topic's name, or a broker's id in decimal digits.
             * @property {Array.<string>} [configNames] Empty: all.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConfigResource.
             * @memberof tidelog.v1
             * @interface IConfigResource
             * @augments tidelog.v1.ConfigResource.$Properties
             * @deprecated Use tidelog.v1.ConfigResource.$Properties instead.
             */

            /**
             * Shape of a ConfigResource.
             * @typedef {tidelog.v1.ConfigResource.$Properties} tidelog.v1.ConfigResource.$Shape
             */

            /**
             * Constructs a new ConfigResource.
             * @memberof tidelog.v1
             * @classdesc Represents a ConfigResource.
             * @constructor
             * @param {tidelog.v1.ConfigResource.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConfigResource = function (properties) {
                this.configNames = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConfigResource type.
             * @member {tidelog.v1.ConfigResourceType} type
             * @memberof tidelog.v1.ConfigResource
             * @instance
             */
            ConfigResource.prototype.type = 0;

            /**
             * A topic's name, or a broker's id in decimal digits.
             * @member {string} name
             * @memberof tidelog.v1.ConfigResource
             * @instance
             */
            ConfigResource.prototype.name = "";

            /**
             * Empty: all.
             * @member {Array.<string>} configNames
             * @memberof tidelog.v1.ConfigResource
             * @instance
             */
            ConfigResource.prototype.configNames = $util.emptyArray;

            /**
             * Encodes the specified ConfigResource message. Does not implicitly {@link tidelog.v1.ConfigResource.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConfigResource
             * @static
             * @param {tidelog.v1.ConfigResource.$Properties} message ConfigResource message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigResource.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.configNames != null && message.configNames.length)
                    for (let i = 0; i < message.configNames.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.configNames[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConfigResource message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConfigResource
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigResource & tidelog.v1.ConfigResource.$Shape} ConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigResource.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConfigResource();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.configNames && message.configNames.length))
                                message.configNames = [];
                            message.configNames.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConfigResource;
        })();

        v1.DescribeConfigsResponse = (function() {

            /**
             * Properties of a DescribeConfigsResponse.
             * @typedef {Object} tidelog.v1.DescribeConfigsResponse.$Properties
             * @property {Array.<tidelog.v1.ConfigResourceResult.$Properties>} [resources] DescribeConfigsResponse resources
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeConfigsResponse.
             * @memberof tidelog.v1
             * @interface IDescribeConfigsResponse
             * @augments tidelog.v1.DescribeConfigsResponse.$Properties
             * @deprecated Use tidelog.v1.DescribeConfigsResponse.$Properties instead.
             */

            /**
             * Shape of a DescribeConfigsResponse.
             * @typedef {tidelog.v1.DescribeConfigsResponse.$Properties} tidelog.v1.DescribeConfigsResponse.$Shape
             */

            /**
             * Constructs a new DescribeConfigsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribeConfigsResponse.
             * @constructor
             * @param {tidelog.v1.DescribeConfigsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeConfigsResponse = function (properties) {
                this.resources = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribeConfigsResponse resources.
             * @member {Array.<tidelog.v1.ConfigResourceResult>} resources
             * @memberof tidelog.v1.DescribeConfigsResponse
             * @instance
             */
            DescribeConfigsResponse.prototype.resources = $util.emptyArray;

            /**
             * Encodes the specified DescribeConfigsResponse message. Does not implicitly {@link tidelog.v1.DescribeConfigsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeConfigsResponse
             * @static
             * @param {tidelog.v1.DescribeConfigsResponse.$Properties} message DescribeConfigsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeConfigsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.tidelog.v1.ConfigResourceResult.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeConfigsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeConfigsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeConfigsResponse & tidelog.v1.DescribeConfigsResponse.$Shape} DescribeConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeConfigsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeConfigsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.tidelog.v1.ConfigResourceResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeConfigsResponse;
        })();

        v1.ConfigResourceResult = (function() {

            /**
             * Properties of a ConfigResourceResult.
             * @typedef {Object} tidelog.v1.ConfigResourceResult.$Properties
             * @property {tidelog.v1.ConfigResourceType} [type] ConfigResourceResult type
             * @property {string} [name] ConfigResourceResult name
             * @property {number} [errorCode] ConfigResourceResult errorCode
             * @property {string} [errorMessage] ConfigResourceResult errorMessage
             * @property {Array.<tidelog.v1.ConfigEntry.$Properties>} [entries] ConfigResourceResult entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConfigResourceResult.
             * @memberof tidelog.v1
             * @interface IConfigResourceResult
             * @augments tidelog.v1.ConfigResourceResult.$Properties
             * @deprecated Use tidelog.v1.ConfigResourceResult.$Properties instead.
             */

            /**
             * Shape of a ConfigResourceResult.
             * @typedef {tidelog.v1.ConfigResourceResult.$Properties} tidelog.v1.ConfigResourceResult.$Shape
             */

            /**
             * Constructs a new ConfigResourceResult.
             * @memberof tidelog.v1
             * @classdesc Represents a ConfigResourceResult.
             * @constructor
             * @param {tidelog.v1.ConfigResourceResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConfigResourceResult = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConfigResourceResult type.
             * @member {tidelog.v1.ConfigResourceType} type
             * @memberof tidelog.v1.ConfigResourceResult
             * @instance
             */
            ConfigResourceResult.prototype.type = 0;

            /**
             * ConfigResourceResult name.
             * @member {string} name
             * @memberof tidelog.v1.ConfigResourceResult
             * @instance
             */
            ConfigResourceResult.prototype.name = "";

            /**
             * ConfigResourceResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.ConfigResourceResult
             * @instance
             */
            ConfigResourceResult.prototype.errorCode = 0;

            /**
             * ConfigResourceResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.ConfigResourceResult
             * @instance
             */
            ConfigResourceResult.prototype.errorMessage = "";

            /**
             * ConfigResourceResult entries.
             * @member {Array.<tidelog.v1.ConfigEntry>} entries
             * @memberof tidelog.v1.ConfigResourceResult
             * @instance
             */
            ConfigResourceResult.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified ConfigResourceResult message. Does not implicitly {@link tidelog.v1.ConfigResourceResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConfigResourceResult
             * @static
             * @param {tidelog.v1.ConfigResourceResult.$Properties} message ConfigResourceResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigResourceResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.errorMessage);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.tidelog.v1.ConfigEntry.encode(message.entries[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConfigResourceResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConfigResourceResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigResourceResult & tidelog.v1.ConfigResourceResult.$Shape} ConfigResourceResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigResourceResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConfigResourceResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.tidelog.v1.ConfigEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConfigResourceResult;
        })();

        /**
         * ConfigSource enum.
         * @name tidelog.v1.ConfigSource
         * @enum {number}
         * @property {number} CONFIG_SOURCE_UNSPECIFIED=0 CONFIG_SOURCE_UNSPECIFIED value
         * @property {number} TOPIC_CONFIG=1 TOPIC_CONFIG value
         * @property {number} BROKER_CONFIG=4 BROKER_CONFIG value
         * @property {number} DEFAULT_CONFIG=5 DEFAULT_CONFIG value
         */
        v1.ConfigSource = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CONFIG_SOURCE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "TOPIC_CONFIG"] = 1;
            values[valuesById[4] = "BROKER_CONFIG"] = 4;
            values[valuesById[5] = "DEFAULT_CONFIG"] = 5;
            return values;
        })();

        v1.ConfigEntry = (function() {

            /**
             * Properties of a ConfigEntry.
             * @typedef {Object} tidelog.v1.ConfigEntry.$Properties
             * @property {string} [name] ConfigEntry name
             * @property {string} [value] ConfigEntry value
             * @property {tidelog.v1.ConfigSource} [source] ConfigEntry source
             * @property {boolean} [readOnly] ConfigEntry readOnly
             * @property {string} [documentation] ConfigEntry documentation
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConfigEntry.
             * @memberof tidelog.v1
             * @interface IConfigEntry
             * @augments tidelog.v1.ConfigEntry.$Properties
             * @deprecated Use tidelog.v1.ConfigEntry.$Properties instead.
             */

            /**
             * Shape of a ConfigEntry.
             * @typedef {tidelog.v1.ConfigEntry.$Properties} tidelog.v1.ConfigEntry.$Shape
             */

            /**
             * Constructs a new ConfigEntry.
             * @memberof tidelog.v1
             * @classdesc Represents a ConfigEntry.
             * @constructor
             * @param {tidelog.v1.ConfigEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConfigEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConfigEntry name.
             * @member {string} name
             * @memberof tidelog.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.name = "";

            /**
             * ConfigEntry value.
             * @member {string} value
             * @memberof tidelog.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.value = "";

            /**
             * ConfigEntry source.
             * @member {tidelog.v1.ConfigSource} source
             * @memberof tidelog.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.source = 0;

            /**
             * ConfigEntry readOnly.
             * @member {boolean} readOnly
             * @memberof tidelog.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.readOnly = false;

            /**
             * ConfigEntry documentation.
             * @member {string} documentation
             * @memberof tidelog.v1.ConfigEntry
             * @instance
             */
            ConfigEntry.prototype.documentation = "";

            /**
             * Encodes the specified ConfigEntry message. Does not implicitly {@link tidelog.v1.ConfigEntry.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConfigEntry
             * @static
             * @param {tidelog.v1.ConfigEntry.$Properties} message ConfigEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConfigEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.source);
                if (message.readOnly != null && $Object.hasOwnProperty.call(message, "readOnly") && message.readOnly !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.readOnly);
                if (message.documentation != null && $Object.hasOwnProperty.call(message, "documentation") && message.documentation !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.documentation);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConfigEntry message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConfigEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigEntry & tidelog.v1.ConfigEntry.$Shape} ConfigEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConfigEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConfigEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.readOnly = value;
                            else
                                delete message.readOnly;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.documentation = value;
                            else
                                delete message.documentation;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConfigEntry;
        })();

        /**
         * AlterConfigOperation enum.
         * @name tidelog.v1.AlterConfigOperation
         * @enum {number}
         * @property {number} SET=0 SET value
         * @property {number} DELETE=1 DELETE value
         * @property {number} APPEND=2 APPEND value
         * @property {number} SUBTRACT=3 SUBTRACT value
         */
        v1.AlterConfigOperation = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SET"] = 0;
            values[valuesById[1] = "DELETE"] = 1;
            values[valuesById[2] = "APPEND"] = 2;
            values[valuesById[3] = "SUBTRACT"] = 3;
            return values;
        })();

        v1.AlterConfigsRequest = (function() {

            /**
             * Properties of an AlterConfigsRequest.
             * @typedef {Object} tidelog.v1.AlterConfigsRequest.$Properties
             * @property {Array.<tidelog.v1.AlterConfigResource.$Properties>} [resources] AlterConfigsRequest resources
             * @property {boolean} [validateOnly] AlterConfigsRequest validateOnly
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AlterConfigsRequest.
             * @memberof tidelog.v1
             * @interface IAlterConfigsRequest
             * @augments tidelog.v1.AlterConfigsRequest.$Properties
             * @deprecated Use tidelog.v1.AlterConfigsRequest.$Properties instead.
             */

            /**
             * Shape of an AlterConfigsRequest.
             * @typedef {tidelog.v1.AlterConfigsRequest.$Properties} tidelog.v1.AlterConfigsRequest.$Shape
             */

            /**
             * Constructs a new AlterConfigsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an AlterConfigsRequest.
             * @constructor
             * @param {tidelog.v1.AlterConfigsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AlterConfigsRequest = function (properties) {
                this.resources = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AlterConfigsRequest resources.
             * @member {Array.<tidelog.v1.AlterConfigResource>} resources
             * @memberof tidelog.v1.AlterConfigsRequest
             * @instance
             */
            AlterConfigsRequest.prototype.resources = $util.emptyArray;

            /**
             * AlterConfigsRequest validateOnly.
             * @member {boolean} validateOnly
             * @memberof tidelog.v1.AlterConfigsRequest
             * @instance
             */
            AlterConfigsRequest.prototype.validateOnly = false;

            /**
             * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link tidelog.v1.AlterConfigsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.AlterConfigsRequest
             * @static
             * @param {tidelog.v1.AlterConfigsRequest.$Properties} message AlterConfigsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.tidelog.v1.AlterConfigResource.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.validateOnly != null && $Object.hasOwnProperty.call(message, "validateOnly") && message.validateOnly !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.validateOnly);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AlterConfigsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.AlterConfigsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigsRequest & tidelog.v1.AlterConfigsRequest.$Shape} AlterConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.AlterConfigsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.tidelog.v1.AlterConfigResource.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.validateOnly = value;
                            else
                                delete message.validateOnly;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return AlterConfigsRequest;
        })();

        v1.AlterConfigResource = (function() {

            /**
             * Properties of an AlterConfigResource.
             * @typedef {Object} tidelog.v1.AlterConfigResource.$Properties
             * @property {tidelog.v1.ConfigResourceType} [type] AlterConfigResource type
             * @property {string} [name] AlterConfigResource name
             * @property {Array.<tidelog.v1.AlterConfig.$Properties>} [configs] AlterConfigResource configs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AlterConfigResource.
             * @memberof tidelog.v1
             * @interface IAlterConfigResource
             * @augments tidelog.v1.AlterConfigResource.$Properties
             * @deprecated Use tidelog.v1.AlterConfigResource.$Properties instead.
             */

            /**
             * Shape of an AlterConfigResource.
             * @typedef {tidelog.v1.AlterConfigResource.$Properties} tidelog.v1.AlterConfigResource.$Shape
             */

            /**
             * Constructs a new AlterConfigResource.
             * @memberof tidelog.v1
             * @classdesc Represents an AlterConfigResource.
             * @constructor
             * @param {tidelog.v1.AlterConfigResource.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AlterConfigResource = function (properties) {
                this.configs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AlterConfigResource type.
             * @member {tidelog.v1.ConfigResourceType} type
             * @memberof tidelog.v1.AlterConfigResource
             * @instance
             */
            AlterConfigResource.prototype.type = 0;

            /**
             * AlterConfigResource name.
             * @member {string} name
             * @memberof tidelog.v1.AlterConfigResource
             * @instance
             */
            AlterConfigResource.prototype.name = "";

            /**
             * AlterConfigResource configs.
             * @member {Array.<tidelog.v1.AlterConfig>} configs
             * @memberof tidelog.v1.AlterConfigResource
             * @instance
             */
            AlterConfigResource.prototype.configs = $util.emptyArray;

            /**
             * Encodes the specified AlterConfigResource message. Does not implicitly {@link tidelog.v1.AlterConfigResource.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.AlterConfigResource
             * @static
             * @param {tidelog.v1.AlterConfigResource.$Properties} message AlterConfigResource message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigResource.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.type);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.configs != null && message.configs.length)
                    for (let i = 0; i < message.configs.length; ++i)
                        $root.tidelog.v1.AlterConfig.encode(message.configs[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AlterConfigResource message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.AlterConfigResource
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigResource & tidelog.v1.AlterConfigResource.$Shape} AlterConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigResource.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.AlterConfigResource();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.configs && message.configs.length))
                                message.configs = [];
                            message.configs.push($root.tidelog.v1.AlterConfig.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return AlterConfigResource;
        })();

        v1.AlterConfig = (function() {

            /**
             * Properties of an AlterConfig.
             * @typedef {Object} tidelog.v1.AlterConfig.$Properties
             * @property {string} [name] AlterConfig name
             * @property {tidelog.v1.AlterConfigOperation} [operation] AlterConfig operation
             * @property {string} [value] AlterConfig value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AlterConfig.
             * @memberof tidelog.v1
             * @interface IAlterConfig
             * @augments tidelog.v1.AlterConfig.$Properties
             * @deprecated Use tidelog.v1.AlterConfig.$Properties instead.
             */

            /**
             * Shape of an AlterConfig.
             * @typedef {tidelog.v1.AlterConfig.$Properties} tidelog.v1.AlterConfig.$Shape
             */

            /**
             * Constructs a new AlterConfig.
             * @memberof tidelog.v1
             * @classdesc Represents an AlterConfig.
             * @constructor
             * @param {tidelog.v1.AlterConfig.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AlterConfig = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AlterConfig name.
             * @member {string} name
             * @memberof tidelog.v1.AlterConfig
             * @instance
             */
            AlterConfig.prototype.name = "";

            /**
             * AlterConfig operation.
             * @member {tidelog.v1.AlterConfigOperation} operation
             * @memberof tidelog.v1.AlterConfig
             * @instance
             */
            AlterConfig.prototype.operation = 0;

            /**
             * AlterConfig value.
             * @member {string} value
             * @memberof tidelog.v1.AlterConfig
             * @instance
             */
            AlterConfig.prototype.value = "";

            /**
             * Encodes the specified AlterConfig message. Does not implicitly {@link tidelog.v1.AlterConfig.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.AlterConfig
             * @static
             * @param {tidelog.v1.AlterConfig.$Properties} message AlterConfig message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfig.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.operation != null && $Object.hasOwnProperty.call(message, "operation") && message.operation !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.operation);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AlterConfig message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.AlterConfig
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfig & tidelog.v1.AlterConfig.$Shape} AlterConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfig.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.AlterConfig();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.operation = value;
                            else
                                delete message.operation;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return AlterConfig;
        })();

        v1.AlterConfigsResponse = (function() {

            /**
             * Properties of an AlterConfigsResponse.
             * @typedef {Object} tidelog.v1.AlterConfigsResponse.$Properties
             * @property {Array.<tidelog.v1.ConfigResourceResult.$Properties>} [resources] AlterConfigsResponse resources
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AlterConfigsResponse.
             * @memberof tidelog.v1
             * @interface IAlterConfigsResponse
             * @augments tidelog.v1.AlterConfigsResponse.$Properties
             * @deprecated Use tidelog.v1.AlterConfigsResponse.$Properties instead.
             */

            /**
             * Shape of an AlterConfigsResponse.
             * @typedef {tidelog.v1.AlterConfigsResponse.$Properties} tidelog.v1.AlterConfigsResponse.$Shape
             */

            /**
             * Constructs a new AlterConfigsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents an AlterConfigsResponse.
             * @constructor
             * @param {tidelog.v1.AlterConfigsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AlterConfigsResponse = function (properties) {
                this.resources = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AlterConfigsResponse resources.
             * @member {Array.<tidelog.v1.ConfigResourceResult>} resources
             * @memberof tidelog.v1.AlterConfigsResponse
             * @instance
             */
            AlterConfigsResponse.prototype.resources = $util.emptyArray;

            /**
             * Encodes the specified AlterConfigsResponse message. Does not implicitly {@link tidelog.v1.AlterConfigsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.AlterConfigsResponse
             * @static
             * @param {tidelog.v1.AlterConfigsResponse.$Properties} message AlterConfigsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AlterConfigsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.resources != null && message.resources.length)
                    for (let i = 0; i < message.resources.length; ++i)
                        $root.tidelog.v1.ConfigResourceResult.encode(message.resources[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AlterConfigsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.AlterConfigsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigsResponse & tidelog.v1.AlterConfigsResponse.$Shape} AlterConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AlterConfigsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.AlterConfigsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.resources && message.resources.length))
                                message.resources = [];
                            message.resources.push($root.tidelog.v1.ConfigResourceResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return AlterConfigsResponse;
        })();

        v1.DeleteRecordsRequest = (function() {

            /**
             * Properties of a DeleteRecordsRequest.
             * @typedef {Object} tidelog.v1.DeleteRecordsRequest.$Properties
             * @property {Array.<tidelog.v1.DeleteRecordsPartition.$Properties>} [partitions] DeleteRecordsRequest partitions
             * @property {number} [timeoutMs] DeleteRecordsRequest timeoutMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteRecordsRequest.
             * @memberof tidelog.v1
             * @interface IDeleteRecordsRequest
             * @augments tidelog.v1.DeleteRecordsRequest.$Properties
             * @deprecated Use tidelog.v1.DeleteRecordsRequest.$Properties instead.
             */

            /**
             * Shape of a DeleteRecordsRequest.
             * @typedef {tidelog.v1.DeleteRecordsRequest.$Properties} tidelog.v1.DeleteRecordsRequest.$Shape
             */

            /**
             * Constructs a new DeleteRecordsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteRecordsRequest.
             * @constructor
             * @param {tidelog.v1.DeleteRecordsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteRecordsRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteRecordsRequest partitions.
             * @member {Array.<tidelog.v1.DeleteRecordsPartition>} partitions
             * @memberof tidelog.v1.DeleteRecordsRequest
             * @instance
             */
            DeleteRecordsRequest.prototype.partitions = $util.emptyArray;

            /**
             * DeleteRecordsRequest timeoutMs.
             * @member {number} timeoutMs
             * @memberof tidelog.v1.DeleteRecordsRequest
             * @instance
             */
            DeleteRecordsRequest.prototype.timeoutMs = 0;

            /**
             * Encodes the specified DeleteRecordsRequest message. Does not implicitly {@link tidelog.v1.DeleteRecordsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteRecordsRequest
             * @static
             * @param {tidelog.v1.DeleteRecordsRequest.$Properties} message DeleteRecordsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.DeleteRecordsPartition.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.timeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteRecordsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsRequest & tidelog.v1.DeleteRecordsRequest.$Shape} DeleteRecordsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteRecordsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.DeleteRecordsPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.timeoutMs = value;
                            else
                                delete message.timeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteRecordsRequest;
        })();

        v1.DeleteRecordsPartition = (function() {

            /**
             * Properties of a DeleteRecordsPartition.
             * @typedef {Object} tidelog.v1.DeleteRecordsPartition.$Properties
             * @property {Uint8Array} [topicId] DeleteRecordsPartition topicId
             * @property {number} [partition] DeleteRecordsPartition partition
             * @property {Long} [beforeOffset] Records below this offset go; -1 means all up to the high watermark.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteRecordsPartition.
             * @memberof tidelog.v1
             * @interface IDeleteRecordsPartition
             * @augments tidelog.v1.DeleteRecordsPartition.$Properties
             * @deprecated Use tidelog.v1.DeleteRecordsPartition.$Properties instead.
             */

            /**
             * Shape of a DeleteRecordsPartition.
             * @typedef {tidelog.v1.DeleteRecordsPartition.$Properties} tidelog.v1.DeleteRecordsPartition.$Shape
             */

            /**
             * Constructs a new DeleteRecordsPartition.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteRecordsPartition.
             * @constructor
             * @param {tidelog.v1.DeleteRecordsPartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteRecordsPartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteRecordsPartition topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.topicId = $util.newBuffer([]);

            /**
             * DeleteRecordsPartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.partition = 0;

            /**
             * Records below this offset go; -1 means all up to the high watermark.
             * @member {Long} beforeOffset
             * @memberof tidelog.v1.DeleteRecordsPartition
             * @instance
             */
            DeleteRecordsPartition.prototype.beforeOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified DeleteRecordsPartition message. Does not implicitly {@link tidelog.v1.DeleteRecordsPartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteRecordsPartition
             * @static
             * @param {tidelog.v1.DeleteRecordsPartition.$Properties} message DeleteRecordsPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsPartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.beforeOffset != null && $Object.hasOwnProperty.call(message, "beforeOffset") && (typeof message.beforeOffset === "object" ? message.beforeOffset.low || message.beforeOffset.high : message.beforeOffset !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).sint64(message.beforeOffset);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsPartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteRecordsPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsPartition & tidelog.v1.DeleteRecordsPartition.$Shape} DeleteRecordsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsPartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteRecordsPartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.beforeOffset = value;
                            else
                                delete message.beforeOffset;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteRecordsPartition;
        })();

        v1.DeleteRecordsResponse = (function() {

            /**
             * Properties of a DeleteRecordsResponse.
             * @typedef {Object} tidelog.v1.DeleteRecordsResponse.$Properties
             * @property {Array.<tidelog.v1.DeleteRecordsResult.$Properties>} [partitions] DeleteRecordsResponse partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteRecordsResponse.
             * @memberof tidelog.v1
             * @interface IDeleteRecordsResponse
             * @augments tidelog.v1.DeleteRecordsResponse.$Properties
             * @deprecated Use tidelog.v1.DeleteRecordsResponse.$Properties instead.
             */

            /**
             * Shape of a DeleteRecordsResponse.
             * @typedef {tidelog.v1.DeleteRecordsResponse.$Properties} tidelog.v1.DeleteRecordsResponse.$Shape
             */

            /**
             * Constructs a new DeleteRecordsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteRecordsResponse.
             * @constructor
             * @param {tidelog.v1.DeleteRecordsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteRecordsResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteRecordsResponse partitions.
             * @member {Array.<tidelog.v1.DeleteRecordsResult>} partitions
             * @memberof tidelog.v1.DeleteRecordsResponse
             * @instance
             */
            DeleteRecordsResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified DeleteRecordsResponse message. Does not implicitly {@link tidelog.v1.DeleteRecordsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteRecordsResponse
             * @static
             * @param {tidelog.v1.DeleteRecordsResponse.$Properties} message DeleteRecordsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.DeleteRecordsResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteRecordsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsResponse & tidelog.v1.DeleteRecordsResponse.$Shape} DeleteRecordsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteRecordsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.DeleteRecordsResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteRecordsResponse;
        })();

        v1.DeleteRecordsResult = (function() {

            /**
             * Properties of a DeleteRecordsResult.
             * @typedef {Object} tidelog.v1.DeleteRecordsResult.$Properties
             * @property {Uint8Array} [topicId] DeleteRecordsResult topicId
             * @property {number} [partition] DeleteRecordsResult partition
             * @property {number} [errorCode] DeleteRecordsResult errorCode
             * @property {string} [errorMessage] DeleteRecordsResult errorMessage
             * @property {Long} [logStartOffset] DeleteRecordsResult logStartOffset
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteRecordsResult.
             * @memberof tidelog.v1
             * @interface IDeleteRecordsResult
             * @augments tidelog.v1.DeleteRecordsResult.$Properties
             * @deprecated Use tidelog.v1.DeleteRecordsResult.$Properties instead.
             */

            /**
             * Shape of a DeleteRecordsResult.
             * @typedef {tidelog.v1.DeleteRecordsResult.$Properties} tidelog.v1.DeleteRecordsResult.$Shape
             */

            /**
             * Constructs a new DeleteRecordsResult.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteRecordsResult.
             * @constructor
             * @param {tidelog.v1.DeleteRecordsResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteRecordsResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteRecordsResult topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.topicId = $util.newBuffer([]);

            /**
             * DeleteRecordsResult partition.
             * @member {number} partition
             * @memberof tidelog.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.partition = 0;

            /**
             * DeleteRecordsResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.errorCode = 0;

            /**
             * DeleteRecordsResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.errorMessage = "";

            /**
             * DeleteRecordsResult logStartOffset.
             * @member {Long} logStartOffset
             * @memberof tidelog.v1.DeleteRecordsResult
             * @instance
             */
            DeleteRecordsResult.prototype.logStartOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified DeleteRecordsResult message. Does not implicitly {@link tidelog.v1.DeleteRecordsResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteRecordsResult
             * @static
             * @param {tidelog.v1.DeleteRecordsResult.$Properties} message DeleteRecordsResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteRecordsResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.errorMessage);
                if (message.logStartOffset != null && $Object.hasOwnProperty.call(message, "logStartOffset") && (typeof message.logStartOffset === "object" ? message.logStartOffset.low || message.logStartOffset.high : message.logStartOffset !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.logStartOffset);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteRecordsResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteRecordsResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsResult & tidelog.v1.DeleteRecordsResult.$Shape} DeleteRecordsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteRecordsResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteRecordsResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.logStartOffset = value;
                            else
                                delete message.logStartOffset;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteRecordsResult;
        })();

        v1.FindCoordinatorRequest = (function() {

            /**
             * Properties of a FindCoordinatorRequest.
             * @typedef {Object} tidelog.v1.FindCoordinatorRequest.$Properties
             * @property {Array.<string>} [groupIds] FindCoordinatorRequest groupIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FindCoordinatorRequest.
             * @memberof tidelog.v1
             * @interface IFindCoordinatorRequest
             * @augments tidelog.v1.FindCoordinatorRequest.$Properties
             * @deprecated Use tidelog.v1.FindCoordinatorRequest.$Properties instead.
             */

            /**
             * Shape of a FindCoordinatorRequest.
             * @typedef {tidelog.v1.FindCoordinatorRequest.$Properties} tidelog.v1.FindCoordinatorRequest.$Shape
             */

            /**
             * Constructs a new FindCoordinatorRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a FindCoordinatorRequest.
             * @constructor
             * @param {tidelog.v1.FindCoordinatorRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FindCoordinatorRequest = function (properties) {
                this.groupIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FindCoordinatorRequest groupIds.
             * @member {Array.<string>} groupIds
             * @memberof tidelog.v1.FindCoordinatorRequest
             * @instance
             */
            FindCoordinatorRequest.prototype.groupIds = $util.emptyArray;

            /**
             * Encodes the specified FindCoordinatorRequest message. Does not implicitly {@link tidelog.v1.FindCoordinatorRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FindCoordinatorRequest
             * @static
             * @param {tidelog.v1.FindCoordinatorRequest.$Properties} message FindCoordinatorRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FindCoordinatorRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupIds != null && message.groupIds.length)
                    for (let i = 0; i < message.groupIds.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupIds[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FindCoordinatorRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FindCoordinatorRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FindCoordinatorRequest & tidelog.v1.FindCoordinatorRequest.$Shape} FindCoordinatorRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FindCoordinatorRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FindCoordinatorRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groupIds && message.groupIds.length))
                                message.groupIds = [];
                            message.groupIds.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FindCoordinatorRequest;
        })();

        v1.FindCoordinatorResponse = (function() {

            /**
             * Properties of a FindCoordinatorResponse.
             * @typedef {Object} tidelog.v1.FindCoordinatorResponse.$Properties
             * @property {Array.<tidelog.v1.Coordinator.$Properties>} [coordinators] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FindCoordinatorResponse.
             * @memberof tidelog.v1
             * @interface IFindCoordinatorResponse
             * @augments tidelog.v1.FindCoordinatorResponse.$Properties
             * @deprecated Use tidelog.v1.FindCoordinatorResponse.$Properties instead.
             */

            /**
             * Shape of a FindCoordinatorResponse.
             * @typedef {tidelog.v1.FindCoordinatorResponse.$Properties} tidelog.v1.FindCoordinatorResponse.$Shape
             */

            /**
             * Constructs a new FindCoordinatorResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a FindCoordinatorResponse.
             * @constructor
             * @param {tidelog.v1.FindCoordinatorResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FindCoordinatorResponse = function (properties) {
                this.coordinators = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.Coordinator>} coordinators
             * @memberof tidelog.v1.FindCoordinatorResponse
             * @instance
             */
            FindCoordinatorResponse.prototype.coordinators = $util.emptyArray;

            /**
             * Encodes the specified FindCoordinatorResponse message. Does not implicitly {@link tidelog.v1.FindCoordinatorResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.FindCoordinatorResponse
             * @static
             * @param {tidelog.v1.FindCoordinatorResponse.$Properties} message FindCoordinatorResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FindCoordinatorResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.coordinators != null && message.coordinators.length)
                    for (let i = 0; i < message.coordinators.length; ++i)
                        $root.tidelog.v1.Coordinator.encode(message.coordinators[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FindCoordinatorResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.FindCoordinatorResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.FindCoordinatorResponse & tidelog.v1.FindCoordinatorResponse.$Shape} FindCoordinatorResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FindCoordinatorResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.FindCoordinatorResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.coordinators && message.coordinators.length))
                                message.coordinators = [];
                            message.coordinators.push($root.tidelog.v1.Coordinator.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return FindCoordinatorResponse;
        })();

        v1.Coordinator = (function() {

            /**
             * Properties of a Coordinator.
             * @typedef {Object} tidelog.v1.Coordinator.$Properties
             * @property {string} [groupId] Coordinator groupId
             * @property {number} [errorCode] Coordinator errorCode
             * @property {string} [errorMessage] Coordinator errorMessage
             * @property {number} [brokerId] -1 with an error, as the address is empty then.
             * @property {string} [host] Coordinator host
             * @property {number} [port] Coordinator port
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Coordinator.
             * @memberof tidelog.v1
             * @interface ICoordinator
             * @augments tidelog.v1.Coordinator.$Properties
             * @deprecated Use tidelog.v1.Coordinator.$Properties instead.
             */

            /**
             * Shape of a Coordinator.
             * @typedef {tidelog.v1.Coordinator.$Properties} tidelog.v1.Coordinator.$Shape
             */

            /**
             * Constructs a new Coordinator.
             * @memberof tidelog.v1
             * @classdesc Represents a Coordinator.
             * @constructor
             * @param {tidelog.v1.Coordinator.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Coordinator = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Coordinator groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.groupId = "";

            /**
             * Coordinator errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.errorCode = 0;

            /**
             * Coordinator errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.errorMessage = "";

            /**
             * -1 with an error, as the address is empty then.
             * @member {number} brokerId
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.brokerId = 0;

            /**
             * Coordinator host.
             * @member {string} host
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.host = "";

            /**
             * Coordinator port.
             * @member {number} port
             * @memberof tidelog.v1.Coordinator
             * @instance
             */
            Coordinator.prototype.port = 0;

            /**
             * Encodes the specified Coordinator message. Does not implicitly {@link tidelog.v1.Coordinator.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.Coordinator
             * @static
             * @param {tidelog.v1.Coordinator.$Properties} message Coordinator message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Coordinator.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.errorMessage);
                if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.brokerId);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.host);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.port);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Coordinator message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.Coordinator
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.Coordinator & tidelog.v1.Coordinator.$Shape} Coordinator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Coordinator.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.Coordinator();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.brokerId = value;
                            else
                                delete message.brokerId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Coordinator;
        })();

        v1.ConsumerGroupHeartbeatRequest = (function() {

            /**
             * Properties of a ConsumerGroupHeartbeatRequest.
             * @typedef {Object} tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties
             * @property {string} [groupId] ConsumerGroupHeartbeatRequest groupId
             * @property {string} [memberId] Made by the member, for its whole life: 16 random bytes in base64url.
             * @property {number} [memberEpoch] ConsumerGroupHeartbeatRequest memberEpoch
             * @property {string} [instanceId] Empty: a dynamic member.
             * @property {string} [rackId] ConsumerGroupHeartbeatRequest rackId
             * @property {number} [rebalanceTimeoutMs] How long the member may take to give up partitions; 0: not changed.
             * @property {tidelog.v1.NameList.$Properties} [subscribedTopicNames] Absent: not changed. An empty list with a pattern absent subscribes to nothing.
             * @property {string|null} [subscribedTopicPattern] Absent: not changed. Empty: no pattern. RE2 syntax; the whole topic name must match.
             * @property {string} [serverAssignor] Empty: not changed, or the broker's default: "uniform" or "range".
             * @property {tidelog.v1.TopicPartitionList.$Properties} [ownedPartitions] What the member owns now. Absent: not changed.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConsumerGroupHeartbeatRequest.
             * @memberof tidelog.v1
             * @interface IConsumerGroupHeartbeatRequest
             * @augments tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties
             * @deprecated Use tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties instead.
             */

            /**
             * Shape of a ConsumerGroupHeartbeatRequest.
             * @typedef {tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties} tidelog.v1.ConsumerGroupHeartbeatRequest.$Shape
             */

            /**
             * Constructs a new ConsumerGroupHeartbeatRequest.
             * @memberof tidelog.v1
             * @classdesc One member's heartbeat (KIP-848): it joins with epoch 0, leaves with epoch -1 (-2: a static member that means to
             * come back), and otherwise says which epoch it is at. Fields that are left out have not changed since the last
             * answered heartbeat; a member that joins gives all of them.
             * @constructor
             * @param {tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConsumerGroupHeartbeatRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConsumerGroupHeartbeatRequest groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.groupId = "";

            /**
             * Made by the member, for its whole life: 16 random bytes in base64url.
             * @member {string} memberId
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.memberId = "";

            /**
             * ConsumerGroupHeartbeatRequest memberEpoch.
             * @member {number} memberEpoch
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.memberEpoch = 0;

            /**
             * Empty: a dynamic member.
             * @member {string} instanceId
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.instanceId = "";

            /**
             * ConsumerGroupHeartbeatRequest rackId.
             * @member {string} rackId
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.rackId = "";

            /**
             * How long the member may take to give up partitions; 0: not changed.
             * @member {number} rebalanceTimeoutMs
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.rebalanceTimeoutMs = 0;

            /**
             * Absent: not changed. An empty list with a pattern absent subscribes to nothing.
             * @member {tidelog.v1.NameList} subscribedTopicNames
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.subscribedTopicNames = null;

            /**
             * Absent: not changed. Empty: no pattern. RE2 syntax; the whole topic name must match.
             * @member {string|null} subscribedTopicPattern
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.subscribedTopicPattern = null;

            /**
             * Empty: not changed, or the broker's default: "uniform" or "range".
             * @member {string} serverAssignor
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.serverAssignor = "";

            /**
             * What the member owns now. Absent: not changed.
             * @member {tidelog.v1.TopicPartitionList} ownedPartitions
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @instance
             */
            ConsumerGroupHeartbeatRequest.prototype.ownedPartitions = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ConsumerGroupHeartbeatRequest.prototype, "_subscribedTopicPattern", {
                get: $util.oneOfGetter($oneOfFields = ["subscribedTopicPattern"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified ConsumerGroupHeartbeatRequest message. Does not implicitly {@link tidelog.v1.ConsumerGroupHeartbeatRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @static
             * @param {tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties} message ConsumerGroupHeartbeatRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumerGroupHeartbeatRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.memberId);
                if (message.memberEpoch != null && $Object.hasOwnProperty.call(message, "memberEpoch") && message.memberEpoch !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).sint32(message.memberEpoch);
                if (message.instanceId != null && $Object.hasOwnProperty.call(message, "instanceId") && message.instanceId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.instanceId);
                if (message.rackId != null && $Object.hasOwnProperty.call(message, "rackId") && message.rackId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.rackId);
                if (message.rebalanceTimeoutMs != null && $Object.hasOwnProperty.call(message, "rebalanceTimeoutMs") && message.rebalanceTimeoutMs !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.rebalanceTimeoutMs);
                if (message.subscribedTopicNames != null && $Object.hasOwnProperty.call(message, "subscribedTopicNames"))
                    $root.tidelog.v1.NameList.encode(message.subscribedTopicNames, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.subscribedTopicPattern != null && $Object.hasOwnProperty.call(message, "subscribedTopicPattern"))
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.subscribedTopicPattern);
                if (message.serverAssignor != null && $Object.hasOwnProperty.call(message, "serverAssignor") && message.serverAssignor !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.serverAssignor);
                if (message.ownedPartitions != null && $Object.hasOwnProperty.call(message, "ownedPartitions"))
                    $root.tidelog.v1.TopicPartitionList.encode(message.ownedPartitions, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConsumerGroupHeartbeatRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConsumerGroupHeartbeatRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConsumerGroupHeartbeatRequest & tidelog.v1.ConsumerGroupHeartbeatRequest.$Shape} ConsumerGroupHeartbeatRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumerGroupHeartbeatRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConsumerGroupHeartbeatRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.memberId = value;
                            else
                                delete message.memberId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.memberEpoch = value;
                            else
                                delete message.memberEpoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instanceId = value;
                            else
                                delete message.instanceId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rackId = value;
                            else
                                delete message.rackId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rebalanceTimeoutMs = value;
                            else
                                delete message.rebalanceTimeoutMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.subscribedTopicNames = $root.tidelog.v1.NameList.decode(reader, reader.size(), $undefined, _depth + 1, message.subscribedTopicNames);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.subscribedTopicPattern = reader.stringVerify();
                            message._subscribedTopicPattern = "subscribedTopicPattern";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.serverAssignor = value;
                            else
                                delete message.serverAssignor;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.ownedPartitions = $root.tidelog.v1.TopicPartitionList.decode(reader, reader.size(), $undefined, _depth + 1, message.ownedPartitions);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConsumerGroupHeartbeatRequest;
        })();

        v1.NameList = (function() {

            /**
             * Properties of a NameList.
             * @typedef {Object} tidelog.v1.NameList.$Properties
             * @property {Array.<string>} [names] NameList names
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NameList.
             * @memberof tidelog.v1
             * @interface INameList
             * @augments tidelog.v1.NameList.$Properties
             * @deprecated Use tidelog.v1.NameList.$Properties instead.
             */

            /**
             * Shape of a NameList.
             * @typedef {tidelog.v1.NameList.$Properties} tidelog.v1.NameList.$Shape
             */

            /**
             * Constructs a new NameList.
             * @memberof tidelog.v1
             * @classdesc Represents a NameList.
             * @constructor
             * @param {tidelog.v1.NameList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NameList = function (properties) {
                this.names = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NameList names.
             * @member {Array.<string>} names
             * @memberof tidelog.v1.NameList
             * @instance
             */
            NameList.prototype.names = $util.emptyArray;

            /**
             * Encodes the specified NameList message. Does not implicitly {@link tidelog.v1.NameList.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.NameList
             * @static
             * @param {tidelog.v1.NameList.$Properties} message NameList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NameList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.names != null && message.names.length)
                    for (let i = 0; i < message.names.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.names[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NameList message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.NameList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.NameList & tidelog.v1.NameList.$Shape} NameList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NameList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.NameList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.names && message.names.length))
                                message.names = [];
                            message.names.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NameList;
        })();

        v1.TopicPartitionList = (function() {

            /**
             * Properties of a TopicPartitionList.
             * @typedef {Object} tidelog.v1.TopicPartitionList.$Properties
             * @property {Array.<tidelog.v1.TopicPartitions.$Properties>} [topics] TopicPartitionList topics
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopicPartitionList.
             * @memberof tidelog.v1
             * @interface ITopicPartitionList
             * @augments tidelog.v1.TopicPartitionList.$Properties
             * @deprecated Use tidelog.v1.TopicPartitionList.$Properties instead.
             */

            /**
             * Shape of a TopicPartitionList.
             * @typedef {tidelog.v1.TopicPartitionList.$Properties} tidelog.v1.TopicPartitionList.$Shape
             */

            /**
             * Constructs a new TopicPartitionList.
             * @memberof tidelog.v1
             * @classdesc Represents a TopicPartitionList.
             * @constructor
             * @param {tidelog.v1.TopicPartitionList.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopicPartitionList = function (properties) {
                this.topics = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopicPartitionList topics.
             * @member {Array.<tidelog.v1.TopicPartitions>} topics
             * @memberof tidelog.v1.TopicPartitionList
             * @instance
             */
            TopicPartitionList.prototype.topics = $util.emptyArray;

            /**
             * Encodes the specified TopicPartitionList message. Does not implicitly {@link tidelog.v1.TopicPartitionList.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.TopicPartitionList
             * @static
             * @param {tidelog.v1.TopicPartitionList.$Properties} message TopicPartitionList message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicPartitionList.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topics != null && message.topics.length)
                    for (let i = 0; i < message.topics.length; ++i)
                        $root.tidelog.v1.TopicPartitions.encode(message.topics[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopicPartitionList message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.TopicPartitionList
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicPartitionList & tidelog.v1.TopicPartitionList.$Shape} TopicPartitionList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicPartitionList.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.TopicPartitionList();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.topics && message.topics.length))
                                message.topics = [];
                            message.topics.push($root.tidelog.v1.TopicPartitions.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TopicPartitionList;
        })();

        v1.TopicPartitions = (function() {

            /**
             * Properties of a TopicPartitions.
             * @typedef {Object} tidelog.v1.TopicPartitions.$Properties
             * @property {Uint8Array} [topicId] TopicPartitions topicId
             * @property {Array.<number>} [partitions] TopicPartitions partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TopicPartitions.
             * @memberof tidelog.v1
             * @interface ITopicPartitions
             * @augments tidelog.v1.TopicPartitions.$Properties
             * @deprecated Use tidelog.v1.TopicPartitions.$Properties instead.
             */

            /**
             * Shape of a TopicPartitions.
             * @typedef {tidelog.v1.TopicPartitions.$Properties} tidelog.v1.TopicPartitions.$Shape
             */

            /**
             * Constructs a new TopicPartitions.
             * @memberof tidelog.v1
             * @classdesc Represents a TopicPartitions.
             * @constructor
             * @param {tidelog.v1.TopicPartitions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TopicPartitions = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TopicPartitions topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.TopicPartitions
             * @instance
             */
            TopicPartitions.prototype.topicId = $util.newBuffer([]);

            /**
             * TopicPartitions partitions.
             * @member {Array.<number>} partitions
             * @memberof tidelog.v1.TopicPartitions
             * @instance
             */
            TopicPartitions.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified TopicPartitions message. Does not implicitly {@link tidelog.v1.TopicPartitions.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.TopicPartitions
             * @static
             * @param {tidelog.v1.TopicPartitions.$Properties} message TopicPartitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TopicPartitions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.partitions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TopicPartitions message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.TopicPartitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicPartitions & tidelog.v1.TopicPartitions.$Shape} TopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TopicPartitions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.TopicPartitions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                reader.uint32s(message.partitions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TopicPartitions;
        })();

        v1.ConsumerGroupHeartbeatResponse = (function() {

            /**
             * Properties of a ConsumerGroupHeartbeatResponse.
             * @typedef {Object} tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties
             * @property {string} [memberId] ConsumerGroupHeartbeatResponse memberId
             * @property {number} [memberEpoch] ConsumerGroupHeartbeatResponse memberEpoch
             * @property {number} [heartbeatIntervalMs] When the next heartbeat is due.
             * @property {tidelog.v1.TopicPartitionList.$Properties} [assignment] What the member may own from now on. Absent: not changed.
             * @property {number} [sessionTimeoutMs] A member that is not heard of for this long loses its partitions. A member that gets no answer counts them as lost
             * itself, this long after it sent the last heartbeat that was answered. 0: not told.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConsumerGroupHeartbeatResponse.
             * @memberof tidelog.v1
             * @interface IConsumerGroupHeartbeatResponse
             * @augments tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties
             * @deprecated Use tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties instead.
             */

            /**
             * Shape of a ConsumerGroupHeartbeatResponse.
             * @typedef {tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties} tidelog.v1.ConsumerGroupHeartbeatResponse.$Shape
             */

            /**
             * Constructs a new ConsumerGroupHeartbeatResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a ConsumerGroupHeartbeatResponse.
             * @constructor
             * @param {tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConsumerGroupHeartbeatResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConsumerGroupHeartbeatResponse memberId.
             * @member {string} memberId
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @instance
             */
            ConsumerGroupHeartbeatResponse.prototype.memberId = "";

            /**
             * ConsumerGroupHeartbeatResponse memberEpoch.
             * @member {number} memberEpoch
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @instance
             */
            ConsumerGroupHeartbeatResponse.prototype.memberEpoch = 0;

            /**
             * When the next heartbeat is due.
             * @member {number} heartbeatIntervalMs
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @instance
             */
            ConsumerGroupHeartbeatResponse.prototype.heartbeatIntervalMs = 0;

            /**
             * What the member may own from now on. Absent: not changed.
             * @member {tidelog.v1.TopicPartitionList} assignment
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @instance
             */
            ConsumerGroupHeartbeatResponse.prototype.assignment = null;

            /**
             * A member that is not heard of for this long loses its partitions. A member that gets no answer counts them as lost
             * itself, this long after it sent the last heartbeat that was answered. 0: not told.
             * @member {number} sessionTimeoutMs
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @instance
             */
            ConsumerGroupHeartbeatResponse.prototype.sessionTimeoutMs = 0;

            /**
             * Encodes the specified ConsumerGroupHeartbeatResponse message. Does not implicitly {@link tidelog.v1.ConsumerGroupHeartbeatResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @static
             * @param {tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties} message ConsumerGroupHeartbeatResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConsumerGroupHeartbeatResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.memberId);
                if (message.memberEpoch != null && $Object.hasOwnProperty.call(message, "memberEpoch") && message.memberEpoch !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).sint32(message.memberEpoch);
                if (message.heartbeatIntervalMs != null && $Object.hasOwnProperty.call(message, "heartbeatIntervalMs") && message.heartbeatIntervalMs !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.heartbeatIntervalMs);
                if (message.assignment != null && $Object.hasOwnProperty.call(message, "assignment"))
                    $root.tidelog.v1.TopicPartitionList.encode(message.assignment, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.sessionTimeoutMs != null && $Object.hasOwnProperty.call(message, "sessionTimeoutMs") && message.sessionTimeoutMs !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.sessionTimeoutMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConsumerGroupHeartbeatResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConsumerGroupHeartbeatResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConsumerGroupHeartbeatResponse & tidelog.v1.ConsumerGroupHeartbeatResponse.$Shape} ConsumerGroupHeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConsumerGroupHeartbeatResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConsumerGroupHeartbeatResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.memberId = value;
                            else
                                delete message.memberId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.memberEpoch = value;
                            else
                                delete message.memberEpoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatIntervalMs = value;
                            else
                                delete message.heartbeatIntervalMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.assignment = $root.tidelog.v1.TopicPartitionList.decode(reader, reader.size(), $undefined, _depth + 1, message.assignment);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sessionTimeoutMs = value;
                            else
                                delete message.sessionTimeoutMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConsumerGroupHeartbeatResponse;
        })();

        v1.OffsetCommitRequest = (function() {

            /**
             * Properties of an OffsetCommitRequest.
             * @typedef {Object} tidelog.v1.OffsetCommitRequest.$Properties
             * @property {string} [groupId] OffsetCommitRequest groupId
             * @property {string} [memberId] Empty with the epoch -1: an administrator, who may commit for a group without members only.
             * @property {number} [memberEpoch] OffsetCommitRequest memberEpoch
             * @property {string} [instanceId] OffsetCommitRequest instanceId
             * @property {Array.<tidelog.v1.OffsetCommitPartition.$Properties>} [partitions] OffsetCommitRequest partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetCommitRequest.
             * @memberof tidelog.v1
             * @interface IOffsetCommitRequest
             * @augments tidelog.v1.OffsetCommitRequest.$Properties
             * @deprecated Use tidelog.v1.OffsetCommitRequest.$Properties instead.
             */

            /**
             * Shape of an OffsetCommitRequest.
             * @typedef {tidelog.v1.OffsetCommitRequest.$Properties} tidelog.v1.OffsetCommitRequest.$Shape
             */

            /**
             * Constructs a new OffsetCommitRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetCommitRequest.
             * @constructor
             * @param {tidelog.v1.OffsetCommitRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetCommitRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetCommitRequest groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.OffsetCommitRequest
             * @instance
             */
            OffsetCommitRequest.prototype.groupId = "";

            /**
             * Empty with the epoch -1: an administrator, who may commit for a group without members only.
             * @member {string} memberId
             * @memberof tidelog.v1.OffsetCommitRequest
             * @instance
             */
            OffsetCommitRequest.prototype.memberId = "";

            /**
             * OffsetCommitRequest memberEpoch.
             * @member {number} memberEpoch
             * @memberof tidelog.v1.OffsetCommitRequest
             * @instance
             */
            OffsetCommitRequest.prototype.memberEpoch = 0;

            /**
             * OffsetCommitRequest instanceId.
             * @member {string} instanceId
             * @memberof tidelog.v1.OffsetCommitRequest
             * @instance
             */
            OffsetCommitRequest.prototype.instanceId = "";

            /**
             * OffsetCommitRequest partitions.
             * @member {Array.<tidelog.v1.OffsetCommitPartition>} partitions
             * @memberof tidelog.v1.OffsetCommitRequest
             * @instance
             */
            OffsetCommitRequest.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified OffsetCommitRequest message. Does not implicitly {@link tidelog.v1.OffsetCommitRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetCommitRequest
             * @static
             * @param {tidelog.v1.OffsetCommitRequest.$Properties} message OffsetCommitRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetCommitRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.memberId);
                if (message.memberEpoch != null && $Object.hasOwnProperty.call(message, "memberEpoch") && message.memberEpoch !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).sint32(message.memberEpoch);
                if (message.instanceId != null && $Object.hasOwnProperty.call(message, "instanceId") && message.instanceId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.instanceId);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.OffsetCommitPartition.encode(message.partitions[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetCommitRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetCommitRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitRequest & tidelog.v1.OffsetCommitRequest.$Shape} OffsetCommitRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetCommitRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetCommitRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.memberId = value;
                            else
                                delete message.memberId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.memberEpoch = value;
                            else
                                delete message.memberEpoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instanceId = value;
                            else
                                delete message.instanceId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.OffsetCommitPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetCommitRequest;
        })();

        v1.OffsetCommitPartition = (function() {

            /**
             * Properties of an OffsetCommitPartition.
             * @typedef {Object} tidelog.v1.OffsetCommitPartition.$Properties
             * @property {Uint8Array} [topicId] OffsetCommitPartition topicId
             * @property {number} [partition] OffsetCommitPartition partition
             * @property {Long} [committedOffset] The next offset to be read.
             * @property {number} [committedLeaderEpochPlusOne] The epoch of the record before it, plus one; 0: unknown.
             * @property {string} [metadata] OffsetCommitPartition metadata
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetCommitPartition.
             * @memberof tidelog.v1
             * @interface IOffsetCommitPartition
             * @augments tidelog.v1.OffsetCommitPartition.$Properties
             * @deprecated Use tidelog.v1.OffsetCommitPartition.$Properties instead.
             */

            /**
             * Shape of an OffsetCommitPartition.
             * @typedef {tidelog.v1.OffsetCommitPartition.$Properties} tidelog.v1.OffsetCommitPartition.$Shape
             */

            /**
             * Constructs a new OffsetCommitPartition.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetCommitPartition.
             * @constructor
             * @param {tidelog.v1.OffsetCommitPartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetCommitPartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetCommitPartition topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.OffsetCommitPartition
             * @instance
             */
            OffsetCommitPartition.prototype.topicId = $util.newBuffer([]);

            /**
             * OffsetCommitPartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.OffsetCommitPartition
             * @instance
             */
            OffsetCommitPartition.prototype.partition = 0;

            /**
             * The next offset to be read.
             * @member {Long} committedOffset
             * @memberof tidelog.v1.OffsetCommitPartition
             * @instance
             */
            OffsetCommitPartition.prototype.committedOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * The epoch of the record before it, plus one; 0: unknown.
             * @member {number} committedLeaderEpochPlusOne
             * @memberof tidelog.v1.OffsetCommitPartition
             * @instance
             */
            OffsetCommitPartition.prototype.committedLeaderEpochPlusOne = 0;

            /**
             * OffsetCommitPartition metadata.
             * @member {string} metadata
             * @memberof tidelog.v1.OffsetCommitPartition
             * @instance
             */
            OffsetCommitPartition.prototype.metadata = "";

            /**
             * Encodes the specified OffsetCommitPartition message. Does not implicitly {@link tidelog.v1.OffsetCommitPartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetCommitPartition
             * @static
             * @param {tidelog.v1.OffsetCommitPartition.$Properties} message OffsetCommitPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetCommitPartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.committedOffset != null && $Object.hasOwnProperty.call(message, "committedOffset") && (typeof message.committedOffset === "object" ? message.committedOffset.low || message.committedOffset.high : message.committedOffset !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.committedOffset);
                if (message.committedLeaderEpochPlusOne != null && $Object.hasOwnProperty.call(message, "committedLeaderEpochPlusOne") && message.committedLeaderEpochPlusOne !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.committedLeaderEpochPlusOne);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.metadata);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetCommitPartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetCommitPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitPartition & tidelog.v1.OffsetCommitPartition.$Shape} OffsetCommitPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetCommitPartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetCommitPartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.committedOffset = value;
                            else
                                delete message.committedOffset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.committedLeaderEpochPlusOne = value;
                            else
                                delete message.committedLeaderEpochPlusOne;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.metadata = value;
                            else
                                delete message.metadata;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetCommitPartition;
        })();

        v1.OffsetCommitResponse = (function() {

            /**
             * Properties of an OffsetCommitResponse.
             * @typedef {Object} tidelog.v1.OffsetCommitResponse.$Properties
             * @property {Array.<tidelog.v1.OffsetCommitResult.$Properties>} [partitions] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetCommitResponse.
             * @memberof tidelog.v1
             * @interface IOffsetCommitResponse
             * @augments tidelog.v1.OffsetCommitResponse.$Properties
             * @deprecated Use tidelog.v1.OffsetCommitResponse.$Properties instead.
             */

            /**
             * Shape of an OffsetCommitResponse.
             * @typedef {tidelog.v1.OffsetCommitResponse.$Properties} tidelog.v1.OffsetCommitResponse.$Shape
             */

            /**
             * Constructs a new OffsetCommitResponse.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetCommitResponse.
             * @constructor
             * @param {tidelog.v1.OffsetCommitResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetCommitResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.OffsetCommitResult>} partitions
             * @memberof tidelog.v1.OffsetCommitResponse
             * @instance
             */
            OffsetCommitResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified OffsetCommitResponse message. Does not implicitly {@link tidelog.v1.OffsetCommitResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetCommitResponse
             * @static
             * @param {tidelog.v1.OffsetCommitResponse.$Properties} message OffsetCommitResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetCommitResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.OffsetCommitResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetCommitResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetCommitResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitResponse & tidelog.v1.OffsetCommitResponse.$Shape} OffsetCommitResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetCommitResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetCommitResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.OffsetCommitResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetCommitResponse;
        })();

        v1.OffsetCommitResult = (function() {

            /**
             * Properties of an OffsetCommitResult.
             * @typedef {Object} tidelog.v1.OffsetCommitResult.$Properties
             * @property {number} [errorCode] OffsetCommitResult errorCode
             * @property {string} [errorMessage] OffsetCommitResult errorMessage
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetCommitResult.
             * @memberof tidelog.v1
             * @interface IOffsetCommitResult
             * @augments tidelog.v1.OffsetCommitResult.$Properties
             * @deprecated Use tidelog.v1.OffsetCommitResult.$Properties instead.
             */

            /**
             * Shape of an OffsetCommitResult.
             * @typedef {tidelog.v1.OffsetCommitResult.$Properties} tidelog.v1.OffsetCommitResult.$Shape
             */

            /**
             * Constructs a new OffsetCommitResult.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetCommitResult.
             * @constructor
             * @param {tidelog.v1.OffsetCommitResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetCommitResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetCommitResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.OffsetCommitResult
             * @instance
             */
            OffsetCommitResult.prototype.errorCode = 0;

            /**
             * OffsetCommitResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.OffsetCommitResult
             * @instance
             */
            OffsetCommitResult.prototype.errorMessage = "";

            /**
             * Encodes the specified OffsetCommitResult message. Does not implicitly {@link tidelog.v1.OffsetCommitResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetCommitResult
             * @static
             * @param {tidelog.v1.OffsetCommitResult.$Properties} message OffsetCommitResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetCommitResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.errorMessage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetCommitResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetCommitResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitResult & tidelog.v1.OffsetCommitResult.$Shape} OffsetCommitResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetCommitResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetCommitResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetCommitResult;
        })();

        v1.OffsetFetchRequest = (function() {

            /**
             * Properties of an OffsetFetchRequest.
             * @typedef {Object} tidelog.v1.OffsetFetchRequest.$Properties
             * @property {string} [groupId] OffsetFetchRequest groupId
             * @property {string} [memberId] Empty: not as a member. Given, the epoch is checked.
             * @property {number} [memberEpoch] OffsetFetchRequest memberEpoch
             * @property {boolean} [allPartitions] Every partition that the group has committed; then the list is ignored.
             * @property {Array.<tidelog.v1.OffsetFetchPartition.$Properties>} [partitions] OffsetFetchRequest partitions
             * @property {boolean} [requireStable] Fails with UNSTABLE_OFFSET_COMMIT for partitions with offsets in an open transaction.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetFetchRequest.
             * @memberof tidelog.v1
             * @interface IOffsetFetchRequest
             * @augments tidelog.v1.OffsetFetchRequest.$Properties
             * @deprecated Use tidelog.v1.OffsetFetchRequest.$Properties instead.
             */

            /**
             * Shape of an OffsetFetchRequest.
             * @typedef {tidelog.v1.OffsetFetchRequest.$Properties} tidelog.v1.OffsetFetchRequest.$Shape
             */

            /**
             * Constructs a new OffsetFetchRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetFetchRequest.
             * @constructor
             * @param {tidelog.v1.OffsetFetchRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetFetchRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetFetchRequest groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.groupId = "";

            /**
             * Empty: not as a member. Given, the epoch is checked.
             * @member {string} memberId
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.memberId = "";

            /**
             * OffsetFetchRequest memberEpoch.
             * @member {number} memberEpoch
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.memberEpoch = 0;

            /**
             * Every partition that the group has committed; then the list is ignored.
             * @member {boolean} allPartitions
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.allPartitions = false;

            /**
             * OffsetFetchRequest partitions.
             * @member {Array.<tidelog.v1.OffsetFetchPartition>} partitions
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.partitions = $util.emptyArray;

            /**
             * Fails with UNSTABLE_OFFSET_COMMIT for partitions with offsets in an open transaction.
             * @member {boolean} requireStable
             * @memberof tidelog.v1.OffsetFetchRequest
             * @instance
             */
            OffsetFetchRequest.prototype.requireStable = false;

            /**
             * Encodes the specified OffsetFetchRequest message. Does not implicitly {@link tidelog.v1.OffsetFetchRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetFetchRequest
             * @static
             * @param {tidelog.v1.OffsetFetchRequest.$Properties} message OffsetFetchRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetFetchRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.memberId);
                if (message.memberEpoch != null && $Object.hasOwnProperty.call(message, "memberEpoch") && message.memberEpoch !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).sint32(message.memberEpoch);
                if (message.allPartitions != null && $Object.hasOwnProperty.call(message, "allPartitions") && message.allPartitions !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.allPartitions);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.OffsetFetchPartition.encode(message.partitions[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.requireStable != null && $Object.hasOwnProperty.call(message, "requireStable") && message.requireStable !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.requireStable);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetFetchRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetFetchRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchRequest & tidelog.v1.OffsetFetchRequest.$Shape} OffsetFetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetFetchRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetFetchRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.memberId = value;
                            else
                                delete message.memberId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.memberEpoch = value;
                            else
                                delete message.memberEpoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allPartitions = value;
                            else
                                delete message.allPartitions;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.OffsetFetchPartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.requireStable = value;
                            else
                                delete message.requireStable;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetFetchRequest;
        })();

        v1.OffsetFetchPartition = (function() {

            /**
             * Properties of an OffsetFetchPartition.
             * @typedef {Object} tidelog.v1.OffsetFetchPartition.$Properties
             * @property {Uint8Array} [topicId] OffsetFetchPartition topicId
             * @property {number} [partition] OffsetFetchPartition partition
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetFetchPartition.
             * @memberof tidelog.v1
             * @interface IOffsetFetchPartition
             * @augments tidelog.v1.OffsetFetchPartition.$Properties
             * @deprecated Use tidelog.v1.OffsetFetchPartition.$Properties instead.
             */

            /**
             * Shape of an OffsetFetchPartition.
             * @typedef {tidelog.v1.OffsetFetchPartition.$Properties} tidelog.v1.OffsetFetchPartition.$Shape
             */

            /**
             * Constructs a new OffsetFetchPartition.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetFetchPartition.
             * @constructor
             * @param {tidelog.v1.OffsetFetchPartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetFetchPartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetFetchPartition topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.OffsetFetchPartition
             * @instance
             */
            OffsetFetchPartition.prototype.topicId = $util.newBuffer([]);

            /**
             * OffsetFetchPartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.OffsetFetchPartition
             * @instance
             */
            OffsetFetchPartition.prototype.partition = 0;

            /**
             * Encodes the specified OffsetFetchPartition message. Does not implicitly {@link tidelog.v1.OffsetFetchPartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetFetchPartition
             * @static
             * @param {tidelog.v1.OffsetFetchPartition.$Properties} message OffsetFetchPartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetFetchPartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetFetchPartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetFetchPartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchPartition & tidelog.v1.OffsetFetchPartition.$Shape} OffsetFetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetFetchPartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetFetchPartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetFetchPartition;
        })();

        v1.OffsetFetchResponse = (function() {

            /**
             * Properties of an OffsetFetchResponse.
             * @typedef {Object} tidelog.v1.OffsetFetchResponse.$Properties
             * @property {Array.<tidelog.v1.CommittedOffset.$Properties>} [partitions] OffsetFetchResponse partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetFetchResponse.
             * @memberof tidelog.v1
             * @interface IOffsetFetchResponse
             * @augments tidelog.v1.OffsetFetchResponse.$Properties
             * @deprecated Use tidelog.v1.OffsetFetchResponse.$Properties instead.
             */

            /**
             * Shape of an OffsetFetchResponse.
             * @typedef {tidelog.v1.OffsetFetchResponse.$Properties} tidelog.v1.OffsetFetchResponse.$Shape
             */

            /**
             * Constructs a new OffsetFetchResponse.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetFetchResponse.
             * @constructor
             * @param {tidelog.v1.OffsetFetchResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetFetchResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetFetchResponse partitions.
             * @member {Array.<tidelog.v1.CommittedOffset>} partitions
             * @memberof tidelog.v1.OffsetFetchResponse
             * @instance
             */
            OffsetFetchResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified OffsetFetchResponse message. Does not implicitly {@link tidelog.v1.OffsetFetchResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetFetchResponse
             * @static
             * @param {tidelog.v1.OffsetFetchResponse.$Properties} message OffsetFetchResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetFetchResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.CommittedOffset.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetFetchResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetFetchResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchResponse & tidelog.v1.OffsetFetchResponse.$Shape} OffsetFetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetFetchResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetFetchResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.CommittedOffset.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetFetchResponse;
        })();

        v1.CommittedOffset = (function() {

            /**
             * Properties of a CommittedOffset.
             * @typedef {Object} tidelog.v1.CommittedOffset.$Properties
             * @property {Uint8Array} [topicId] Empty for a topic that is gone.
             * @property {string} [topicName] CommittedOffset topicName
             * @property {number} [partition] CommittedOffset partition
             * @property {number} [errorCode] CommittedOffset errorCode
             * @property {string} [errorMessage] CommittedOffset errorMessage
             * @property {Long} [committedOffset] -1: the group has not committed this partition.
             * @property {number} [committedLeaderEpochPlusOne] CommittedOffset committedLeaderEpochPlusOne
             * @property {string} [metadata] CommittedOffset metadata
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CommittedOffset.
             * @memberof tidelog.v1
             * @interface ICommittedOffset
             * @augments tidelog.v1.CommittedOffset.$Properties
             * @deprecated Use tidelog.v1.CommittedOffset.$Properties instead.
             */

            /**
             * Shape of a CommittedOffset.
             * @typedef {tidelog.v1.CommittedOffset.$Properties} tidelog.v1.CommittedOffset.$Shape
             */

            /**
             * Constructs a new CommittedOffset.
             * @memberof tidelog.v1
             * @classdesc Represents a CommittedOffset.
             * @constructor
             * @param {tidelog.v1.CommittedOffset.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CommittedOffset = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Empty for a topic that is gone.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.topicId = $util.newBuffer([]);

            /**
             * CommittedOffset topicName.
             * @member {string} topicName
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.topicName = "";

            /**
             * CommittedOffset partition.
             * @member {number} partition
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.partition = 0;

            /**
             * CommittedOffset errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.errorCode = 0;

            /**
             * CommittedOffset errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.errorMessage = "";

            /**
             * -1: the group has not committed this partition.
             * @member {Long} committedOffset
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.committedOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * CommittedOffset committedLeaderEpochPlusOne.
             * @member {number} committedLeaderEpochPlusOne
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.committedLeaderEpochPlusOne = 0;

            /**
             * CommittedOffset metadata.
             * @member {string} metadata
             * @memberof tidelog.v1.CommittedOffset
             * @instance
             */
            CommittedOffset.prototype.metadata = "";

            /**
             * Encodes the specified CommittedOffset message. Does not implicitly {@link tidelog.v1.CommittedOffset.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.CommittedOffset
             * @static
             * @param {tidelog.v1.CommittedOffset.$Properties} message CommittedOffset message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CommittedOffset.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.topicId);
                if (message.topicName != null && $Object.hasOwnProperty.call(message, "topicName") && message.topicName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.topicName);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.partition);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.errorMessage);
                if (message.committedOffset != null && $Object.hasOwnProperty.call(message, "committedOffset") && (typeof message.committedOffset === "object" ? message.committedOffset.low || message.committedOffset.high : message.committedOffset !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).sint64(message.committedOffset);
                if (message.committedLeaderEpochPlusOne != null && $Object.hasOwnProperty.call(message, "committedLeaderEpochPlusOne") && message.committedLeaderEpochPlusOne !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.committedLeaderEpochPlusOne);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata") && message.metadata !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.metadata);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CommittedOffset message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.CommittedOffset
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.CommittedOffset & tidelog.v1.CommittedOffset.$Shape} CommittedOffset
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CommittedOffset.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.CommittedOffset();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topicName = value;
                            else
                                delete message.topicName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.committedOffset = value;
                            else
                                delete message.committedOffset;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.committedLeaderEpochPlusOne = value;
                            else
                                delete message.committedLeaderEpochPlusOne;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.metadata = value;
                            else
                                delete message.metadata;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CommittedOffset;
        })();

        v1.ListGroupsRequest = (function() {

            /**
             * Properties of a ListGroupsRequest.
             * @typedef {Object} tidelog.v1.ListGroupsRequest.$Properties
             * @property {Array.<string>} [states] Empty: all. "Empty", "Assigning", "Reconciling", "Stable", "Dead", "PreparingRebalance", "CompletingRebalance".
             * @property {Array.<string>} [types] Empty: all. "consumer", "classic".
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListGroupsRequest.
             * @memberof tidelog.v1
             * @interface IListGroupsRequest
             * @augments tidelog.v1.ListGroupsRequest.$Properties
             * @deprecated Use tidelog.v1.ListGroupsRequest.$Properties instead.
             */

            /**
             * Shape of a ListGroupsRequest.
             * @typedef {tidelog.v1.ListGroupsRequest.$Properties} tidelog.v1.ListGroupsRequest.$Shape
             */

            /**
             * Constructs a new ListGroupsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a ListGroupsRequest.
             * @constructor
             * @param {tidelog.v1.ListGroupsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListGroupsRequest = function (properties) {
                this.states = [];
                this.types = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Empty: all. "Empty", "Assigning", "Reconciling", "Stable", "Dead", "PreparingRebalance", "CompletingRebalance".
             * @member {Array.<string>} states
             * @memberof tidelog.v1.ListGroupsRequest
             * @instance
             */
            ListGroupsRequest.prototype.states = $util.emptyArray;

            /**
             * Empty: all. "consumer", "classic".
             * @member {Array.<string>} types
             * @memberof tidelog.v1.ListGroupsRequest
             * @instance
             */
            ListGroupsRequest.prototype.types = $util.emptyArray;

            /**
             * Encodes the specified ListGroupsRequest message. Does not implicitly {@link tidelog.v1.ListGroupsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListGroupsRequest
             * @static
             * @param {tidelog.v1.ListGroupsRequest.$Properties} message ListGroupsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListGroupsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.states != null && message.states.length)
                    for (let i = 0; i < message.states.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.states[i]);
                if (message.types != null && message.types.length)
                    for (let i = 0; i < message.types.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.types[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListGroupsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListGroupsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListGroupsRequest & tidelog.v1.ListGroupsRequest.$Shape} ListGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListGroupsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListGroupsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.states && message.states.length))
                                message.states = [];
                            message.states.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.types && message.types.length))
                                message.types = [];
                            message.types.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListGroupsRequest;
        })();

        v1.ListGroupsResponse = (function() {

            /**
             * Properties of a ListGroupsResponse.
             * @typedef {Object} tidelog.v1.ListGroupsResponse.$Properties
             * @property {Array.<tidelog.v1.ListedGroup.$Properties>} [groups] ListGroupsResponse groups
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListGroupsResponse.
             * @memberof tidelog.v1
             * @interface IListGroupsResponse
             * @augments tidelog.v1.ListGroupsResponse.$Properties
             * @deprecated Use tidelog.v1.ListGroupsResponse.$Properties instead.
             */

            /**
             * Shape of a ListGroupsResponse.
             * @typedef {tidelog.v1.ListGroupsResponse.$Properties} tidelog.v1.ListGroupsResponse.$Shape
             */

            /**
             * Constructs a new ListGroupsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a ListGroupsResponse.
             * @constructor
             * @param {tidelog.v1.ListGroupsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListGroupsResponse = function (properties) {
                this.groups = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListGroupsResponse groups.
             * @member {Array.<tidelog.v1.ListedGroup>} groups
             * @memberof tidelog.v1.ListGroupsResponse
             * @instance
             */
            ListGroupsResponse.prototype.groups = $util.emptyArray;

            /**
             * Encodes the specified ListGroupsResponse message. Does not implicitly {@link tidelog.v1.ListGroupsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListGroupsResponse
             * @static
             * @param {tidelog.v1.ListGroupsResponse.$Properties} message ListGroupsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListGroupsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groups != null && message.groups.length)
                    for (let i = 0; i < message.groups.length; ++i)
                        $root.tidelog.v1.ListedGroup.encode(message.groups[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListGroupsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListGroupsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListGroupsResponse & tidelog.v1.ListGroupsResponse.$Shape} ListGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListGroupsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListGroupsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groups && message.groups.length))
                                message.groups = [];
                            message.groups.push($root.tidelog.v1.ListedGroup.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListGroupsResponse;
        })();

        v1.ListedGroup = (function() {

            /**
             * Properties of a ListedGroup.
             * @typedef {Object} tidelog.v1.ListedGroup.$Properties
             * @property {string} [groupId] ListedGroup groupId
             * @property {string} [type] "consumer" or "classic".
             * @property {string} [protocolType] ListedGroup protocolType
             * @property {string} [state] ListedGroup state
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListedGroup.
             * @memberof tidelog.v1
             * @interface IListedGroup
             * @augments tidelog.v1.ListedGroup.$Properties
             * @deprecated Use tidelog.v1.ListedGroup.$Properties instead.
             */

            /**
             * Shape of a ListedGroup.
             * @typedef {tidelog.v1.ListedGroup.$Properties} tidelog.v1.ListedGroup.$Shape
             */

            /**
             * Constructs a new ListedGroup.
             * @memberof tidelog.v1
             * @classdesc Represents a ListedGroup.
             * @constructor
             * @param {tidelog.v1.ListedGroup.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListedGroup = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListedGroup groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.ListedGroup
             * @instance
             */
            ListedGroup.prototype.groupId = "";

            /**
             * "consumer" or "classic".
             * @member {string} type
             * @memberof tidelog.v1.ListedGroup
             * @instance
             */
            ListedGroup.prototype.type = "";

            /**
             * ListedGroup protocolType.
             * @member {string} protocolType
             * @memberof tidelog.v1.ListedGroup
             * @instance
             */
            ListedGroup.prototype.protocolType = "";

            /**
             * ListedGroup state.
             * @member {string} state
             * @memberof tidelog.v1.ListedGroup
             * @instance
             */
            ListedGroup.prototype.state = "";

            /**
             * Encodes the specified ListedGroup message. Does not implicitly {@link tidelog.v1.ListedGroup.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ListedGroup
             * @static
             * @param {tidelog.v1.ListedGroup.$Properties} message ListedGroup message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListedGroup.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.type);
                if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.protocolType);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.state);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListedGroup message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ListedGroup
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ListedGroup & tidelog.v1.ListedGroup.$Shape} ListedGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListedGroup.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ListedGroup();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocolType = value;
                            else
                                delete message.protocolType;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListedGroup;
        })();

        v1.DescribeGroupsRequest = (function() {

            /**
             * Properties of a DescribeGroupsRequest.
             * @typedef {Object} tidelog.v1.DescribeGroupsRequest.$Properties
             * @property {Array.<string>} [groupIds] DescribeGroupsRequest groupIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeGroupsRequest.
             * @memberof tidelog.v1
             * @interface IDescribeGroupsRequest
             * @augments tidelog.v1.DescribeGroupsRequest.$Properties
             * @deprecated Use tidelog.v1.DescribeGroupsRequest.$Properties instead.
             */

            /**
             * Shape of a DescribeGroupsRequest.
             * @typedef {tidelog.v1.DescribeGroupsRequest.$Properties} tidelog.v1.DescribeGroupsRequest.$Shape
             */

            /**
             * Constructs a new DescribeGroupsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribeGroupsRequest.
             * @constructor
             * @param {tidelog.v1.DescribeGroupsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeGroupsRequest = function (properties) {
                this.groupIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribeGroupsRequest groupIds.
             * @member {Array.<string>} groupIds
             * @memberof tidelog.v1.DescribeGroupsRequest
             * @instance
             */
            DescribeGroupsRequest.prototype.groupIds = $util.emptyArray;

            /**
             * Encodes the specified DescribeGroupsRequest message. Does not implicitly {@link tidelog.v1.DescribeGroupsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeGroupsRequest
             * @static
             * @param {tidelog.v1.DescribeGroupsRequest.$Properties} message DescribeGroupsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeGroupsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupIds != null && message.groupIds.length)
                    for (let i = 0; i < message.groupIds.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupIds[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeGroupsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeGroupsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeGroupsRequest & tidelog.v1.DescribeGroupsRequest.$Shape} DescribeGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeGroupsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeGroupsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groupIds && message.groupIds.length))
                                message.groupIds = [];
                            message.groupIds.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeGroupsRequest;
        })();

        v1.DescribeGroupsResponse = (function() {

            /**
             * Properties of a DescribeGroupsResponse.
             * @typedef {Object} tidelog.v1.DescribeGroupsResponse.$Properties
             * @property {Array.<tidelog.v1.DescribedGroup.$Properties>} [groups] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeGroupsResponse.
             * @memberof tidelog.v1
             * @interface IDescribeGroupsResponse
             * @augments tidelog.v1.DescribeGroupsResponse.$Properties
             * @deprecated Use tidelog.v1.DescribeGroupsResponse.$Properties instead.
             */

            /**
             * Shape of a DescribeGroupsResponse.
             * @typedef {tidelog.v1.DescribeGroupsResponse.$Properties} tidelog.v1.DescribeGroupsResponse.$Shape
             */

            /**
             * Constructs a new DescribeGroupsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribeGroupsResponse.
             * @constructor
             * @param {tidelog.v1.DescribeGroupsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeGroupsResponse = function (properties) {
                this.groups = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.DescribedGroup>} groups
             * @memberof tidelog.v1.DescribeGroupsResponse
             * @instance
             */
            DescribeGroupsResponse.prototype.groups = $util.emptyArray;

            /**
             * Encodes the specified DescribeGroupsResponse message. Does not implicitly {@link tidelog.v1.DescribeGroupsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeGroupsResponse
             * @static
             * @param {tidelog.v1.DescribeGroupsResponse.$Properties} message DescribeGroupsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeGroupsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groups != null && message.groups.length)
                    for (let i = 0; i < message.groups.length; ++i)
                        $root.tidelog.v1.DescribedGroup.encode(message.groups[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeGroupsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeGroupsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeGroupsResponse & tidelog.v1.DescribeGroupsResponse.$Shape} DescribeGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeGroupsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeGroupsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groups && message.groups.length))
                                message.groups = [];
                            message.groups.push($root.tidelog.v1.DescribedGroup.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeGroupsResponse;
        })();

        v1.DescribedGroup = (function() {

            /**
             * Properties of a DescribedGroup.
             * @typedef {Object} tidelog.v1.DescribedGroup.$Properties
             * @property {string} [groupId] DescribedGroup groupId
             * @property {number} [errorCode] DescribedGroup errorCode
             * @property {string} [errorMessage] DescribedGroup errorMessage
             * @property {string} [type] DescribedGroup type
             * @property {string} [protocolType] DescribedGroup protocolType
             * @property {string} [state] DescribedGroup state
             * @property {number} [groupEpoch] The generation of a classic group.
             * @property {number} [assignmentEpoch] DescribedGroup assignmentEpoch
             * @property {string} [assignor] DescribedGroup assignor
             * @property {Array.<tidelog.v1.DescribedMember.$Properties>} [members] DescribedGroup members
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribedGroup.
             * @memberof tidelog.v1
             * @interface IDescribedGroup
             * @augments tidelog.v1.DescribedGroup.$Properties
             * @deprecated Use tidelog.v1.DescribedGroup.$Properties instead.
             */

            /**
             * Shape of a DescribedGroup.
             * @typedef {tidelog.v1.DescribedGroup.$Properties} tidelog.v1.DescribedGroup.$Shape
             */

            /**
             * Constructs a new DescribedGroup.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribedGroup.
             * @constructor
             * @param {tidelog.v1.DescribedGroup.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribedGroup = function (properties) {
                this.members = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribedGroup groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.groupId = "";

            /**
             * DescribedGroup errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.errorCode = 0;

            /**
             * DescribedGroup errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.errorMessage = "";

            /**
             * DescribedGroup type.
             * @member {string} type
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.type = "";

            /**
             * DescribedGroup protocolType.
             * @member {string} protocolType
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.protocolType = "";

            /**
             * DescribedGroup state.
             * @member {string} state
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.state = "";

            /**
             * The generation of a classic group.
             * @member {number} groupEpoch
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.groupEpoch = 0;

            /**
             * DescribedGroup assignmentEpoch.
             * @member {number} assignmentEpoch
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.assignmentEpoch = 0;

            /**
             * DescribedGroup assignor.
             * @member {string} assignor
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.assignor = "";

            /**
             * DescribedGroup members.
             * @member {Array.<tidelog.v1.DescribedMember>} members
             * @memberof tidelog.v1.DescribedGroup
             * @instance
             */
            DescribedGroup.prototype.members = $util.emptyArray;

            /**
             * Encodes the specified DescribedGroup message. Does not implicitly {@link tidelog.v1.DescribedGroup.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribedGroup
             * @static
             * @param {tidelog.v1.DescribedGroup.$Properties} message DescribedGroup message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribedGroup.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.errorMessage);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.type);
                if (message.protocolType != null && $Object.hasOwnProperty.call(message, "protocolType") && message.protocolType !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.protocolType);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.state);
                if (message.groupEpoch != null && $Object.hasOwnProperty.call(message, "groupEpoch") && message.groupEpoch !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).sint32(message.groupEpoch);
                if (message.assignmentEpoch != null && $Object.hasOwnProperty.call(message, "assignmentEpoch") && message.assignmentEpoch !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).sint32(message.assignmentEpoch);
                if (message.assignor != null && $Object.hasOwnProperty.call(message, "assignor") && message.assignor !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.assignor);
                if (message.members != null && message.members.length)
                    for (let i = 0; i < message.members.length; ++i)
                        $root.tidelog.v1.DescribedMember.encode(message.members[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribedGroup message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribedGroup
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribedGroup & tidelog.v1.DescribedGroup.$Shape} DescribedGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribedGroup.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribedGroup();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type = value;
                            else
                                delete message.type;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.protocolType = value;
                            else
                                delete message.protocolType;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.groupEpoch = value;
                            else
                                delete message.groupEpoch;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.assignmentEpoch = value;
                            else
                                delete message.assignmentEpoch;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.assignor = value;
                            else
                                delete message.assignor;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.members && message.members.length))
                                message.members = [];
                            message.members.push($root.tidelog.v1.DescribedMember.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribedGroup;
        })();

        v1.DescribedMember = (function() {

            /**
             * Properties of a DescribedMember.
             * @typedef {Object} tidelog.v1.DescribedMember.$Properties
             * @property {string} [memberId] DescribedMember memberId
             * @property {string} [instanceId] DescribedMember instanceId
             * @property {string} [rackId] DescribedMember rackId
             * @property {string} [clientId] DescribedMember clientId
             * @property {string} [clientHost] DescribedMember clientHost
             * @property {number} [memberEpoch] DescribedMember memberEpoch
             * @property {Array.<string>} [subscribedTopicNames] DescribedMember subscribedTopicNames
             * @property {string} [subscribedTopicPattern] DescribedMember subscribedTopicPattern
             * @property {Array.<tidelog.v1.NamedTopicPartitions.$Properties>} [assignment] DescribedMember assignment
             * @property {Array.<tidelog.v1.NamedTopicPartitions.$Properties>} [targetAssignment] DescribedMember targetAssignment
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribedMember.
             * @memberof tidelog.v1
             * @interface IDescribedMember
             * @augments tidelog.v1.DescribedMember.$Properties
             * @deprecated Use tidelog.v1.DescribedMember.$Properties instead.
             */

            /**
             * Shape of a DescribedMember.
             * @typedef {tidelog.v1.DescribedMember.$Properties} tidelog.v1.DescribedMember.$Shape
             */

            /**
             * Constructs a new DescribedMember.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribedMember.
             * @constructor
             * @param {tidelog.v1.DescribedMember.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribedMember = function (properties) {
                this.subscribedTopicNames = [];
                this.assignment = [];
                this.targetAssignment = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribedMember memberId.
             * @member {string} memberId
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.memberId = "";

            /**
             * DescribedMember instanceId.
             * @member {string} instanceId
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.instanceId = "";

            /**
             * DescribedMember rackId.
             * @member {string} rackId
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.rackId = "";

            /**
             * DescribedMember clientId.
             * @member {string} clientId
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.clientId = "";

            /**
             * DescribedMember clientHost.
             * @member {string} clientHost
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.clientHost = "";

            /**
             * DescribedMember memberEpoch.
             * @member {number} memberEpoch
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.memberEpoch = 0;

            /**
             * DescribedMember subscribedTopicNames.
             * @member {Array.<string>} subscribedTopicNames
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.subscribedTopicNames = $util.emptyArray;

            /**
             * DescribedMember subscribedTopicPattern.
             * @member {string} subscribedTopicPattern
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.subscribedTopicPattern = "";

            /**
             * DescribedMember assignment.
             * @member {Array.<tidelog.v1.NamedTopicPartitions>} assignment
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.assignment = $util.emptyArray;

            /**
             * DescribedMember targetAssignment.
             * @member {Array.<tidelog.v1.NamedTopicPartitions>} targetAssignment
             * @memberof tidelog.v1.DescribedMember
             * @instance
             */
            DescribedMember.prototype.targetAssignment = $util.emptyArray;

            /**
             * Encodes the specified DescribedMember message. Does not implicitly {@link tidelog.v1.DescribedMember.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribedMember
             * @static
             * @param {tidelog.v1.DescribedMember.$Properties} message DescribedMember message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribedMember.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.memberId != null && $Object.hasOwnProperty.call(message, "memberId") && message.memberId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.memberId);
                if (message.instanceId != null && $Object.hasOwnProperty.call(message, "instanceId") && message.instanceId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.instanceId);
                if (message.rackId != null && $Object.hasOwnProperty.call(message, "rackId") && message.rackId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.rackId);
                if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.clientId);
                if (message.clientHost != null && $Object.hasOwnProperty.call(message, "clientHost") && message.clientHost !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.clientHost);
                if (message.memberEpoch != null && $Object.hasOwnProperty.call(message, "memberEpoch") && message.memberEpoch !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).sint32(message.memberEpoch);
                if (message.subscribedTopicNames != null && message.subscribedTopicNames.length)
                    for (let i = 0; i < message.subscribedTopicNames.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.subscribedTopicNames[i]);
                if (message.subscribedTopicPattern != null && $Object.hasOwnProperty.call(message, "subscribedTopicPattern") && message.subscribedTopicPattern !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.subscribedTopicPattern);
                if (message.assignment != null && message.assignment.length)
                    for (let i = 0; i < message.assignment.length; ++i)
                        $root.tidelog.v1.NamedTopicPartitions.encode(message.assignment[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.targetAssignment != null && message.targetAssignment.length)
                    for (let i = 0; i < message.targetAssignment.length; ++i)
                        $root.tidelog.v1.NamedTopicPartitions.encode(message.targetAssignment[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribedMember message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribedMember
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribedMember & tidelog.v1.DescribedMember.$Shape} DescribedMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribedMember.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribedMember();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.memberId = value;
                            else
                                delete message.memberId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.instanceId = value;
                            else
                                delete message.instanceId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.rackId = value;
                            else
                                delete message.rackId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientId = value;
                            else
                                delete message.clientId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientHost = value;
                            else
                                delete message.clientHost;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.memberEpoch = value;
                            else
                                delete message.memberEpoch;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.subscribedTopicNames && message.subscribedTopicNames.length))
                                message.subscribedTopicNames = [];
                            message.subscribedTopicNames.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subscribedTopicPattern = value;
                            else
                                delete message.subscribedTopicPattern;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.assignment && message.assignment.length))
                                message.assignment = [];
                            message.assignment.push($root.tidelog.v1.NamedTopicPartitions.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.targetAssignment && message.targetAssignment.length))
                                message.targetAssignment = [];
                            message.targetAssignment.push($root.tidelog.v1.NamedTopicPartitions.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribedMember;
        })();

        v1.NamedTopicPartitions = (function() {

            /**
             * Properties of a NamedTopicPartitions.
             * @typedef {Object} tidelog.v1.NamedTopicPartitions.$Properties
             * @property {string} [topicName] NamedTopicPartitions topicName
             * @property {Uint8Array} [topicId] NamedTopicPartitions topicId
             * @property {Array.<number>} [partitions] NamedTopicPartitions partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamedTopicPartitions.
             * @memberof tidelog.v1
             * @interface INamedTopicPartitions
             * @augments tidelog.v1.NamedTopicPartitions.$Properties
             * @deprecated Use tidelog.v1.NamedTopicPartitions.$Properties instead.
             */

            /**
             * Shape of a NamedTopicPartitions.
             * @typedef {tidelog.v1.NamedTopicPartitions.$Properties} tidelog.v1.NamedTopicPartitions.$Shape
             */

            /**
             * Constructs a new NamedTopicPartitions.
             * @memberof tidelog.v1
             * @classdesc Represents a NamedTopicPartitions.
             * @constructor
             * @param {tidelog.v1.NamedTopicPartitions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamedTopicPartitions = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamedTopicPartitions topicName.
             * @member {string} topicName
             * @memberof tidelog.v1.NamedTopicPartitions
             * @instance
             */
            NamedTopicPartitions.prototype.topicName = "";

            /**
             * NamedTopicPartitions topicId.
             * @member {Uint8Array} topicId
             * @memberof tidelog.v1.NamedTopicPartitions
             * @instance
             */
            NamedTopicPartitions.prototype.topicId = $util.newBuffer([]);

            /**
             * NamedTopicPartitions partitions.
             * @member {Array.<number>} partitions
             * @memberof tidelog.v1.NamedTopicPartitions
             * @instance
             */
            NamedTopicPartitions.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified NamedTopicPartitions message. Does not implicitly {@link tidelog.v1.NamedTopicPartitions.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.NamedTopicPartitions
             * @static
             * @param {tidelog.v1.NamedTopicPartitions.$Properties} message NamedTopicPartitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamedTopicPartitions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicName != null && $Object.hasOwnProperty.call(message, "topicName") && message.topicName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topicName);
                if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.topicId);
                if (message.partitions != null && message.partitions.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).uint32s(message.partitions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamedTopicPartitions message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.NamedTopicPartitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.NamedTopicPartitions & tidelog.v1.NamedTopicPartitions.$Shape} NamedTopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamedTopicPartitions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.NamedTopicPartitions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topicName = value;
                            else
                                delete message.topicName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.topicId = value;
                            else
                                delete message.topicId;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                reader.uint32s(message.partitions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NamedTopicPartitions;
        })();

        v1.DeleteGroupsRequest = (function() {

            /**
             * Properties of a DeleteGroupsRequest.
             * @typedef {Object} tidelog.v1.DeleteGroupsRequest.$Properties
             * @property {Array.<string>} [groupIds] DeleteGroupsRequest groupIds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteGroupsRequest.
             * @memberof tidelog.v1
             * @interface IDeleteGroupsRequest
             * @augments tidelog.v1.DeleteGroupsRequest.$Properties
             * @deprecated Use tidelog.v1.DeleteGroupsRequest.$Properties instead.
             */

            /**
             * Shape of a DeleteGroupsRequest.
             * @typedef {tidelog.v1.DeleteGroupsRequest.$Properties} tidelog.v1.DeleteGroupsRequest.$Shape
             */

            /**
             * Constructs a new DeleteGroupsRequest.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteGroupsRequest.
             * @constructor
             * @param {tidelog.v1.DeleteGroupsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteGroupsRequest = function (properties) {
                this.groupIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeleteGroupsRequest groupIds.
             * @member {Array.<string>} groupIds
             * @memberof tidelog.v1.DeleteGroupsRequest
             * @instance
             */
            DeleteGroupsRequest.prototype.groupIds = $util.emptyArray;

            /**
             * Encodes the specified DeleteGroupsRequest message. Does not implicitly {@link tidelog.v1.DeleteGroupsRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteGroupsRequest
             * @static
             * @param {tidelog.v1.DeleteGroupsRequest.$Properties} message DeleteGroupsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteGroupsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupIds != null && message.groupIds.length)
                    for (let i = 0; i < message.groupIds.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupIds[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteGroupsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteGroupsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteGroupsRequest & tidelog.v1.DeleteGroupsRequest.$Shape} DeleteGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteGroupsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteGroupsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groupIds && message.groupIds.length))
                                message.groupIds = [];
                            message.groupIds.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteGroupsRequest;
        })();

        v1.DeleteGroupsResponse = (function() {

            /**
             * Properties of a DeleteGroupsResponse.
             * @typedef {Object} tidelog.v1.DeleteGroupsResponse.$Properties
             * @property {Array.<tidelog.v1.GroupResult.$Properties>} [groups] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeleteGroupsResponse.
             * @memberof tidelog.v1
             * @interface IDeleteGroupsResponse
             * @augments tidelog.v1.DeleteGroupsResponse.$Properties
             * @deprecated Use tidelog.v1.DeleteGroupsResponse.$Properties instead.
             */

            /**
             * Shape of a DeleteGroupsResponse.
             * @typedef {tidelog.v1.DeleteGroupsResponse.$Properties} tidelog.v1.DeleteGroupsResponse.$Shape
             */

            /**
             * Constructs a new DeleteGroupsResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DeleteGroupsResponse.
             * @constructor
             * @param {tidelog.v1.DeleteGroupsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeleteGroupsResponse = function (properties) {
                this.groups = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.GroupResult>} groups
             * @memberof tidelog.v1.DeleteGroupsResponse
             * @instance
             */
            DeleteGroupsResponse.prototype.groups = $util.emptyArray;

            /**
             * Encodes the specified DeleteGroupsResponse message. Does not implicitly {@link tidelog.v1.DeleteGroupsResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DeleteGroupsResponse
             * @static
             * @param {tidelog.v1.DeleteGroupsResponse.$Properties} message DeleteGroupsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeleteGroupsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groups != null && message.groups.length)
                    for (let i = 0; i < message.groups.length; ++i)
                        $root.tidelog.v1.GroupResult.encode(message.groups[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeleteGroupsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DeleteGroupsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteGroupsResponse & tidelog.v1.DeleteGroupsResponse.$Shape} DeleteGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeleteGroupsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DeleteGroupsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.groups && message.groups.length))
                                message.groups = [];
                            message.groups.push($root.tidelog.v1.GroupResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DeleteGroupsResponse;
        })();

        v1.GroupResult = (function() {

            /**
             * Properties of a GroupResult.
             * @typedef {Object} tidelog.v1.GroupResult.$Properties
             * @property {string} [groupId] GroupResult groupId
             * @property {number} [errorCode] GroupResult errorCode
             * @property {string} [errorMessage] GroupResult errorMessage
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GroupResult.
             * @memberof tidelog.v1
             * @interface IGroupResult
             * @augments tidelog.v1.GroupResult.$Properties
             * @deprecated Use tidelog.v1.GroupResult.$Properties instead.
             */

            /**
             * Shape of a GroupResult.
             * @typedef {tidelog.v1.GroupResult.$Properties} tidelog.v1.GroupResult.$Shape
             */

            /**
             * Constructs a new GroupResult.
             * @memberof tidelog.v1
             * @classdesc Represents a GroupResult.
             * @constructor
             * @param {tidelog.v1.GroupResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GroupResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GroupResult groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.GroupResult
             * @instance
             */
            GroupResult.prototype.groupId = "";

            /**
             * GroupResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.GroupResult
             * @instance
             */
            GroupResult.prototype.errorCode = 0;

            /**
             * GroupResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.GroupResult
             * @instance
             */
            GroupResult.prototype.errorMessage = "";

            /**
             * Encodes the specified GroupResult message. Does not implicitly {@link tidelog.v1.GroupResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.GroupResult
             * @static
             * @param {tidelog.v1.GroupResult.$Properties} message GroupResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GroupResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.errorMessage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GroupResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.GroupResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.GroupResult & tidelog.v1.GroupResult.$Shape} GroupResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GroupResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.GroupResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return GroupResult;
        })();

        v1.OffsetDeleteRequest = (function() {

            /**
             * Properties of an OffsetDeleteRequest.
             * @typedef {Object} tidelog.v1.OffsetDeleteRequest.$Properties
             * @property {string} [groupId] OffsetDeleteRequest groupId
             * @property {Array.<tidelog.v1.OffsetDeletePartition.$Properties>} [partitions] OffsetDeleteRequest partitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetDeleteRequest.
             * @memberof tidelog.v1
             * @interface IOffsetDeleteRequest
             * @augments tidelog.v1.OffsetDeleteRequest.$Properties
             * @deprecated Use tidelog.v1.OffsetDeleteRequest.$Properties instead.
             */

            /**
             * Shape of an OffsetDeleteRequest.
             * @typedef {tidelog.v1.OffsetDeleteRequest.$Properties} tidelog.v1.OffsetDeleteRequest.$Shape
             */

            /**
             * Constructs a new OffsetDeleteRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetDeleteRequest.
             * @constructor
             * @param {tidelog.v1.OffsetDeleteRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetDeleteRequest = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetDeleteRequest groupId.
             * @member {string} groupId
             * @memberof tidelog.v1.OffsetDeleteRequest
             * @instance
             */
            OffsetDeleteRequest.prototype.groupId = "";

            /**
             * OffsetDeleteRequest partitions.
             * @member {Array.<tidelog.v1.OffsetDeletePartition>} partitions
             * @memberof tidelog.v1.OffsetDeleteRequest
             * @instance
             */
            OffsetDeleteRequest.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified OffsetDeleteRequest message. Does not implicitly {@link tidelog.v1.OffsetDeleteRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetDeleteRequest
             * @static
             * @param {tidelog.v1.OffsetDeleteRequest.$Properties} message OffsetDeleteRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetDeleteRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.groupId != null && $Object.hasOwnProperty.call(message, "groupId") && message.groupId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.groupId);
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.OffsetDeletePartition.encode(message.partitions[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetDeleteRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetDeleteRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteRequest & tidelog.v1.OffsetDeleteRequest.$Shape} OffsetDeleteRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetDeleteRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetDeleteRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.groupId = value;
                            else
                                delete message.groupId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.OffsetDeletePartition.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetDeleteRequest;
        })();

        v1.OffsetDeletePartition = (function() {

            /**
             * Properties of an OffsetDeletePartition.
             * @typedef {Object} tidelog.v1.OffsetDeletePartition.$Properties
             * @property {string} [topicName] The name: offsets outlive their topics.
             * @property {number} [partition] OffsetDeletePartition partition
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetDeletePartition.
             * @memberof tidelog.v1
             * @interface IOffsetDeletePartition
             * @augments tidelog.v1.OffsetDeletePartition.$Properties
             * @deprecated Use tidelog.v1.OffsetDeletePartition.$Properties instead.
             */

            /**
             * Shape of an OffsetDeletePartition.
             * @typedef {tidelog.v1.OffsetDeletePartition.$Properties} tidelog.v1.OffsetDeletePartition.$Shape
             */

            /**
             * Constructs a new OffsetDeletePartition.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetDeletePartition.
             * @constructor
             * @param {tidelog.v1.OffsetDeletePartition.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetDeletePartition = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * The name: offsets outlive their topics.
             * @member {string} topicName
             * @memberof tidelog.v1.OffsetDeletePartition
             * @instance
             */
            OffsetDeletePartition.prototype.topicName = "";

            /**
             * OffsetDeletePartition partition.
             * @member {number} partition
             * @memberof tidelog.v1.OffsetDeletePartition
             * @instance
             */
            OffsetDeletePartition.prototype.partition = 0;

            /**
             * Encodes the specified OffsetDeletePartition message. Does not implicitly {@link tidelog.v1.OffsetDeletePartition.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetDeletePartition
             * @static
             * @param {tidelog.v1.OffsetDeletePartition.$Properties} message OffsetDeletePartition message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetDeletePartition.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicName != null && $Object.hasOwnProperty.call(message, "topicName") && message.topicName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topicName);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetDeletePartition message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetDeletePartition
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeletePartition & tidelog.v1.OffsetDeletePartition.$Shape} OffsetDeletePartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetDeletePartition.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetDeletePartition();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topicName = value;
                            else
                                delete message.topicName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetDeletePartition;
        })();

        v1.OffsetDeleteResponse = (function() {

            /**
             * Properties of an OffsetDeleteResponse.
             * @typedef {Object} tidelog.v1.OffsetDeleteResponse.$Properties
             * @property {Array.<tidelog.v1.OffsetDeleteResult.$Properties>} [partitions] In the order of the request.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetDeleteResponse.
             * @memberof tidelog.v1
             * @interface IOffsetDeleteResponse
             * @augments tidelog.v1.OffsetDeleteResponse.$Properties
             * @deprecated Use tidelog.v1.OffsetDeleteResponse.$Properties instead.
             */

            /**
             * Shape of an OffsetDeleteResponse.
             * @typedef {tidelog.v1.OffsetDeleteResponse.$Properties} tidelog.v1.OffsetDeleteResponse.$Shape
             */

            /**
             * Constructs a new OffsetDeleteResponse.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetDeleteResponse.
             * @constructor
             * @param {tidelog.v1.OffsetDeleteResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetDeleteResponse = function (properties) {
                this.partitions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * In the order of the request.
             * @member {Array.<tidelog.v1.OffsetDeleteResult>} partitions
             * @memberof tidelog.v1.OffsetDeleteResponse
             * @instance
             */
            OffsetDeleteResponse.prototype.partitions = $util.emptyArray;

            /**
             * Encodes the specified OffsetDeleteResponse message. Does not implicitly {@link tidelog.v1.OffsetDeleteResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetDeleteResponse
             * @static
             * @param {tidelog.v1.OffsetDeleteResponse.$Properties} message OffsetDeleteResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetDeleteResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partitions != null && message.partitions.length)
                    for (let i = 0; i < message.partitions.length; ++i)
                        $root.tidelog.v1.OffsetDeleteResult.encode(message.partitions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetDeleteResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetDeleteResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteResponse & tidelog.v1.OffsetDeleteResponse.$Shape} OffsetDeleteResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetDeleteResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetDeleteResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.partitions && message.partitions.length))
                                message.partitions = [];
                            message.partitions.push($root.tidelog.v1.OffsetDeleteResult.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetDeleteResponse;
        })();

        v1.OffsetDeleteResult = (function() {

            /**
             * Properties of an OffsetDeleteResult.
             * @typedef {Object} tidelog.v1.OffsetDeleteResult.$Properties
             * @property {number} [errorCode] OffsetDeleteResult errorCode
             * @property {string} [errorMessage] OffsetDeleteResult errorMessage
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OffsetDeleteResult.
             * @memberof tidelog.v1
             * @interface IOffsetDeleteResult
             * @augments tidelog.v1.OffsetDeleteResult.$Properties
             * @deprecated Use tidelog.v1.OffsetDeleteResult.$Properties instead.
             */

            /**
             * Shape of an OffsetDeleteResult.
             * @typedef {tidelog.v1.OffsetDeleteResult.$Properties} tidelog.v1.OffsetDeleteResult.$Shape
             */

            /**
             * Constructs a new OffsetDeleteResult.
             * @memberof tidelog.v1
             * @classdesc Represents an OffsetDeleteResult.
             * @constructor
             * @param {tidelog.v1.OffsetDeleteResult.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OffsetDeleteResult = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OffsetDeleteResult errorCode.
             * @member {number} errorCode
             * @memberof tidelog.v1.OffsetDeleteResult
             * @instance
             */
            OffsetDeleteResult.prototype.errorCode = 0;

            /**
             * OffsetDeleteResult errorMessage.
             * @member {string} errorMessage
             * @memberof tidelog.v1.OffsetDeleteResult
             * @instance
             */
            OffsetDeleteResult.prototype.errorMessage = "";

            /**
             * Encodes the specified OffsetDeleteResult message. Does not implicitly {@link tidelog.v1.OffsetDeleteResult.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.OffsetDeleteResult
             * @static
             * @param {tidelog.v1.OffsetDeleteResult.$Properties} message OffsetDeleteResult message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OffsetDeleteResult.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.errorCode != null && $Object.hasOwnProperty.call(message, "errorCode") && message.errorCode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.errorCode);
                if (message.errorMessage != null && $Object.hasOwnProperty.call(message, "errorMessage") && message.errorMessage !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.errorMessage);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OffsetDeleteResult message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.OffsetDeleteResult
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteResult & tidelog.v1.OffsetDeleteResult.$Shape} OffsetDeleteResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OffsetDeleteResult.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.OffsetDeleteResult();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.errorCode = value;
                            else
                                delete message.errorCode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.errorMessage = value;
                            else
                                delete message.errorMessage;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return OffsetDeleteResult;
        })();

        v1.DescribeBrokerRequest = (function() {

            /**
             * Properties of a DescribeBrokerRequest.
             * @typedef {Object} tidelog.v1.DescribeBrokerRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeBrokerRequest.
             * @memberof tidelog.v1
             * @interface IDescribeBrokerRequest
             * @augments tidelog.v1.DescribeBrokerRequest.$Properties
             * @deprecated Use tidelog.v1.DescribeBrokerRequest.$Properties instead.
             */

            /**
             * Shape of a DescribeBrokerRequest.
             * @typedef {tidelog.v1.DescribeBrokerRequest.$Properties} tidelog.v1.DescribeBrokerRequest.$Shape
             */

            /**
             * Constructs a new DescribeBrokerRequest.
             * @memberof tidelog.v1
             * @classdesc Of the broker that is asked.
             * @constructor
             * @param {tidelog.v1.DescribeBrokerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeBrokerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified DescribeBrokerRequest message. Does not implicitly {@link tidelog.v1.DescribeBrokerRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeBrokerRequest
             * @static
             * @param {tidelog.v1.DescribeBrokerRequest.$Properties} message DescribeBrokerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeBrokerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeBrokerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeBrokerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeBrokerRequest & tidelog.v1.DescribeBrokerRequest.$Shape} DescribeBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeBrokerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeBrokerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeBrokerRequest;
        })();

        v1.DescribeBrokerResponse = (function() {

            /**
             * Properties of a DescribeBrokerResponse.
             * @typedef {Object} tidelog.v1.DescribeBrokerResponse.$Properties
             * @property {number} [brokerId] DescribeBrokerResponse brokerId
             * @property {string} [clusterId] DescribeBrokerResponse clusterId
             * @property {string} [brokerVersion] DescribeBrokerResponse brokerVersion
             * @property {Long} [startedAtMs] DescribeBrokerResponse startedAtMs
             * @property {Long} [nowMs] The broker's clock.
             * @property {Array.<tidelog.v1.BrokerListener.$Properties>} [listeners] DescribeBrokerResponse listeners
             * @property {string} [dataDir] DescribeBrokerResponse dataDir
             * @property {string} [durability] The default of topics: "fsync" or "page-cache".
             * @property {Long} [freeBytes] Of the disk; -1: not known.
             * @property {string} [offline] Why nothing more can be written; empty while that is not so.
             * @property {number} [topicCount] DescribeBrokerResponse topicCount
             * @property {number} [partitionCount] DescribeBrokerResponse partitionCount
             * @property {Array.<tidelog.v1.PartitionProblem.$Properties>} [problems] Partitions in use whose files cannot give everything they should; at most 1,000.
             * @property {Array.<tidelog.v1.ConnectedClient.$Properties>} [clients] DescribeBrokerResponse clients
             * @property {Array.<tidelog.v1.UnsupportedRequest.$Properties>} [unsupported] What clients asked for and the broker does not have, the latest first.
             * @property {number} [forgottenUnsupportedCount] How often a kind of unsupported request had to make place for another.
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DescribeBrokerResponse.
             * @memberof tidelog.v1
             * @interface IDescribeBrokerResponse
             * @augments tidelog.v1.DescribeBrokerResponse.$Properties
             * @deprecated Use tidelog.v1.DescribeBrokerResponse.$Properties instead.
             */

            /**
             * Shape of a DescribeBrokerResponse.
             * @typedef {tidelog.v1.DescribeBrokerResponse.$Properties} tidelog.v1.DescribeBrokerResponse.$Shape
             */

            /**
             * Constructs a new DescribeBrokerResponse.
             * @memberof tidelog.v1
             * @classdesc Represents a DescribeBrokerResponse.
             * @constructor
             * @param {tidelog.v1.DescribeBrokerResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DescribeBrokerResponse = function (properties) {
                this.listeners = [];
                this.problems = [];
                this.clients = [];
                this.unsupported = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DescribeBrokerResponse brokerId.
             * @member {number} brokerId
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.brokerId = 0;

            /**
             * DescribeBrokerResponse clusterId.
             * @member {string} clusterId
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.clusterId = "";

            /**
             * DescribeBrokerResponse brokerVersion.
             * @member {string} brokerVersion
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.brokerVersion = "";

            /**
             * DescribeBrokerResponse startedAtMs.
             * @member {Long} startedAtMs
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * The broker's clock.
             * @member {Long} nowMs
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.nowMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * DescribeBrokerResponse listeners.
             * @member {Array.<tidelog.v1.BrokerListener>} listeners
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.listeners = $util.emptyArray;

            /**
             * DescribeBrokerResponse dataDir.
             * @member {string} dataDir
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.dataDir = "";

            /**
             * The default of topics: "fsync" or "page-cache".
             * @member {string} durability
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.durability = "";

            /**
             * Of the disk; -1: not known.
             * @member {Long} freeBytes
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.freeBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Why nothing more can be written; empty while that is not so.
             * @member {string} offline
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.offline = "";

            /**
             * DescribeBrokerResponse topicCount.
             * @member {number} topicCount
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.topicCount = 0;

            /**
             * DescribeBrokerResponse partitionCount.
             * @member {number} partitionCount
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.partitionCount = 0;

            /**
             * Partitions in use whose files cannot give everything they should; at most 1,000.
             * @member {Array.<tidelog.v1.PartitionProblem>} problems
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.problems = $util.emptyArray;

            /**
             * DescribeBrokerResponse clients.
             * @member {Array.<tidelog.v1.ConnectedClient>} clients
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.clients = $util.emptyArray;

            /**
             * What clients asked for and the broker does not have, the latest first.
             * @member {Array.<tidelog.v1.UnsupportedRequest>} unsupported
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.unsupported = $util.emptyArray;

            /**
             * How often a kind of unsupported request had to make place for another.
             * @member {number} forgottenUnsupportedCount
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @instance
             */
            DescribeBrokerResponse.prototype.forgottenUnsupportedCount = 0;

            /**
             * Encodes the specified DescribeBrokerResponse message. Does not implicitly {@link tidelog.v1.DescribeBrokerResponse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @static
             * @param {tidelog.v1.DescribeBrokerResponse.$Properties} message DescribeBrokerResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DescribeBrokerResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.brokerId);
                if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.clusterId);
                if (message.brokerVersion != null && $Object.hasOwnProperty.call(message, "brokerVersion") && message.brokerVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.brokerVersion);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.startedAtMs);
                if (message.nowMs != null && $Object.hasOwnProperty.call(message, "nowMs") && (typeof message.nowMs === "object" ? message.nowMs.low || message.nowMs.high : message.nowMs !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).int64(message.nowMs);
                if (message.listeners != null && message.listeners.length)
                    for (let i = 0; i < message.listeners.length; ++i)
                        $root.tidelog.v1.BrokerListener.encode(message.listeners[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.dataDir != null && $Object.hasOwnProperty.call(message, "dataDir") && message.dataDir !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.dataDir);
                if (message.durability != null && $Object.hasOwnProperty.call(message, "durability") && message.durability !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.durability);
                if (message.freeBytes != null && $Object.hasOwnProperty.call(message, "freeBytes") && (typeof message.freeBytes === "object" ? message.freeBytes.low || message.freeBytes.high : message.freeBytes !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).sint64(message.freeBytes);
                if (message.offline != null && $Object.hasOwnProperty.call(message, "offline") && message.offline !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.offline);
                if (message.topicCount != null && $Object.hasOwnProperty.call(message, "topicCount") && message.topicCount !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.topicCount);
                if (message.partitionCount != null && $Object.hasOwnProperty.call(message, "partitionCount") && message.partitionCount !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.partitionCount);
                if (message.problems != null && message.problems.length)
                    for (let i = 0; i < message.problems.length; ++i)
                        $root.tidelog.v1.PartitionProblem.encode(message.problems[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.clients != null && message.clients.length)
                    for (let i = 0; i < message.clients.length; ++i)
                        $root.tidelog.v1.ConnectedClient.encode(message.clients[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.unsupported != null && message.unsupported.length)
                    for (let i = 0; i < message.unsupported.length; ++i)
                        $root.tidelog.v1.UnsupportedRequest.encode(message.unsupported[i], writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.forgottenUnsupportedCount != null && $Object.hasOwnProperty.call(message, "forgottenUnsupportedCount") && message.forgottenUnsupportedCount !== 0)
                    writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.forgottenUnsupportedCount);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DescribeBrokerResponse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.DescribeBrokerResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeBrokerResponse & tidelog.v1.DescribeBrokerResponse.$Shape} DescribeBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DescribeBrokerResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.DescribeBrokerResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.brokerId = value;
                            else
                                delete message.brokerId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clusterId = value;
                            else
                                delete message.clusterId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.brokerVersion = value;
                            else
                                delete message.brokerVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.nowMs = value;
                            else
                                delete message.nowMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.listeners && message.listeners.length))
                                message.listeners = [];
                            message.listeners.push($root.tidelog.v1.BrokerListener.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.dataDir = value;
                            else
                                delete message.dataDir;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.durability = value;
                            else
                                delete message.durability;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.sint64()) === "object" ? value.low || value.high : value !== 0)
                                message.freeBytes = value;
                            else
                                delete message.freeBytes;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.offline = value;
                            else
                                delete message.offline;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.topicCount = value;
                            else
                                delete message.topicCount;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partitionCount = value;
                            else
                                delete message.partitionCount;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.problems && message.problems.length))
                                message.problems = [];
                            message.problems.push($root.tidelog.v1.PartitionProblem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.clients && message.clients.length))
                                message.clients = [];
                            message.clients.push($root.tidelog.v1.ConnectedClient.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unsupported && message.unsupported.length))
                                message.unsupported = [];
                            message.unsupported.push($root.tidelog.v1.UnsupportedRequest.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.forgottenUnsupportedCount = value;
                            else
                                delete message.forgottenUnsupportedCount;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DescribeBrokerResponse;
        })();

        v1.BrokerListener = (function() {

            /**
             * Properties of a BrokerListener.
             * @typedef {Object} tidelog.v1.BrokerListener.$Properties
             * @property {string} [name] BrokerListener name
             * @property {string} [host] BrokerListener host
             * @property {number} [port] BrokerListener port
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrokerListener.
             * @memberof tidelog.v1
             * @interface IBrokerListener
             * @augments tidelog.v1.BrokerListener.$Properties
             * @deprecated Use tidelog.v1.BrokerListener.$Properties instead.
             */

            /**
             * Shape of a BrokerListener.
             * @typedef {tidelog.v1.BrokerListener.$Properties} tidelog.v1.BrokerListener.$Shape
             */

            /**
             * Constructs a new BrokerListener.
             * @memberof tidelog.v1
             * @classdesc At the address that clients are told.
             * @constructor
             * @param {tidelog.v1.BrokerListener.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrokerListener = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrokerListener name.
             * @member {string} name
             * @memberof tidelog.v1.BrokerListener
             * @instance
             */
            BrokerListener.prototype.name = "";

            /**
             * BrokerListener host.
             * @member {string} host
             * @memberof tidelog.v1.BrokerListener
             * @instance
             */
            BrokerListener.prototype.host = "";

            /**
             * BrokerListener port.
             * @member {number} port
             * @memberof tidelog.v1.BrokerListener
             * @instance
             */
            BrokerListener.prototype.port = 0;

            /**
             * Encodes the specified BrokerListener message. Does not implicitly {@link tidelog.v1.BrokerListener.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.BrokerListener
             * @static
             * @param {tidelog.v1.BrokerListener.$Properties} message BrokerListener message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrokerListener.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.port);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrokerListener message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.BrokerListener
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.BrokerListener & tidelog.v1.BrokerListener.$Shape} BrokerListener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrokerListener.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.BrokerListener();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BrokerListener;
        })();

        v1.PartitionProblem = (function() {

            /**
             * Properties of a PartitionProblem.
             * @typedef {Object} tidelog.v1.PartitionProblem.$Properties
             * @property {string} [topicName] PartitionProblem topicName
             * @property {number} [partition] PartitionProblem partition
             * @property {string} [message] PartitionProblem message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PartitionProblem.
             * @memberof tidelog.v1
             * @interface IPartitionProblem
             * @augments tidelog.v1.PartitionProblem.$Properties
             * @deprecated Use tidelog.v1.PartitionProblem.$Properties instead.
             */

            /**
             * Shape of a PartitionProblem.
             * @typedef {tidelog.v1.PartitionProblem.$Properties} tidelog.v1.PartitionProblem.$Shape
             */

            /**
             * Constructs a new PartitionProblem.
             * @memberof tidelog.v1
             * @classdesc Represents a PartitionProblem.
             * @constructor
             * @param {tidelog.v1.PartitionProblem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PartitionProblem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PartitionProblem topicName.
             * @member {string} topicName
             * @memberof tidelog.v1.PartitionProblem
             * @instance
             */
            PartitionProblem.prototype.topicName = "";

            /**
             * PartitionProblem partition.
             * @member {number} partition
             * @memberof tidelog.v1.PartitionProblem
             * @instance
             */
            PartitionProblem.prototype.partition = 0;

            /**
             * PartitionProblem message.
             * @member {string} message
             * @memberof tidelog.v1.PartitionProblem
             * @instance
             */
            PartitionProblem.prototype.message = "";

            /**
             * Encodes the specified PartitionProblem message. Does not implicitly {@link tidelog.v1.PartitionProblem.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.PartitionProblem
             * @static
             * @param {tidelog.v1.PartitionProblem.$Properties} message PartitionProblem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionProblem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.topicName != null && $Object.hasOwnProperty.call(message, "topicName") && message.topicName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.topicName);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.partition);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PartitionProblem message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.PartitionProblem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.PartitionProblem & tidelog.v1.PartitionProblem.$Shape} PartitionProblem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionProblem.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.PartitionProblem();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.topicName = value;
                            else
                                delete message.topicName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PartitionProblem;
        })();

        v1.ConnectedClient = (function() {

            /**
             * Properties of a ConnectedClient.
             * @typedef {Object} tidelog.v1.ConnectedClient.$Properties
             * @property {string} [connectionId] ConnectedClient connectionId
             * @property {string} [listener] ConnectedClient listener
             * @property {string} [host] Without the port.
             * @property {string} [clientId] As the client names itself; empty when it does not.
             * @property {string} [softwareName] ConnectedClient softwareName
             * @property {string} [softwareVersion] ConnectedClient softwareVersion
             * @property {Long} [connectedAtMs] ConnectedClient connectedAtMs
             * @property {Long} [requestCount] ConnectedClient requestCount
             * @property {Array.<tidelog.v1.ApiUse.$Properties>} [apis] ConnectedClient apis
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConnectedClient.
             * @memberof tidelog.v1
             * @interface IConnectedClient
             * @augments tidelog.v1.ConnectedClient.$Properties
             * @deprecated Use tidelog.v1.ConnectedClient.$Properties instead.
             */

            /**
             * Shape of a ConnectedClient.
             * @typedef {tidelog.v1.ConnectedClient.$Properties} tidelog.v1.ConnectedClient.$Shape
             */

            /**
             * Constructs a new ConnectedClient.
             * @memberof tidelog.v1
             * @classdesc Represents a ConnectedClient.
             * @constructor
             * @param {tidelog.v1.ConnectedClient.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConnectedClient = function (properties) {
                this.apis = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ConnectedClient connectionId.
             * @member {string} connectionId
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.connectionId = "";

            /**
             * ConnectedClient listener.
             * @member {string} listener
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.listener = "";

            /**
             * Without the port.
             * @member {string} host
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.host = "";

            /**
             * As the client names itself; empty when it does not.
             * @member {string} clientId
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.clientId = "";

            /**
             * ConnectedClient softwareName.
             * @member {string} softwareName
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.softwareName = "";

            /**
             * ConnectedClient softwareVersion.
             * @member {string} softwareVersion
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.softwareVersion = "";

            /**
             * ConnectedClient connectedAtMs.
             * @member {Long} connectedAtMs
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.connectedAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * ConnectedClient requestCount.
             * @member {Long} requestCount
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.requestCount = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * ConnectedClient apis.
             * @member {Array.<tidelog.v1.ApiUse>} apis
             * @memberof tidelog.v1.ConnectedClient
             * @instance
             */
            ConnectedClient.prototype.apis = $util.emptyArray;

            /**
             * Encodes the specified ConnectedClient message. Does not implicitly {@link tidelog.v1.ConnectedClient.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ConnectedClient
             * @static
             * @param {tidelog.v1.ConnectedClient.$Properties} message ConnectedClient message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConnectedClient.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.connectionId != null && $Object.hasOwnProperty.call(message, "connectionId") && message.connectionId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.connectionId);
                if (message.listener != null && $Object.hasOwnProperty.call(message, "listener") && message.listener !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.listener);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.host);
                if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.clientId);
                if (message.softwareName != null && $Object.hasOwnProperty.call(message, "softwareName") && message.softwareName !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.softwareName);
                if (message.softwareVersion != null && $Object.hasOwnProperty.call(message, "softwareVersion") && message.softwareVersion !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.softwareVersion);
                if (message.connectedAtMs != null && $Object.hasOwnProperty.call(message, "connectedAtMs") && (typeof message.connectedAtMs === "object" ? message.connectedAtMs.low || message.connectedAtMs.high : message.connectedAtMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).int64(message.connectedAtMs);
                if (message.requestCount != null && $Object.hasOwnProperty.call(message, "requestCount") && (typeof message.requestCount === "object" ? message.requestCount.low || message.requestCount.high : message.requestCount !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).int64(message.requestCount);
                if (message.apis != null && message.apis.length)
                    for (let i = 0; i < message.apis.length; ++i)
                        $root.tidelog.v1.ApiUse.encode(message.apis[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConnectedClient message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ConnectedClient
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ConnectedClient & tidelog.v1.ConnectedClient.$Shape} ConnectedClient
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConnectedClient.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ConnectedClient();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.connectionId = value;
                            else
                                delete message.connectionId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.listener = value;
                            else
                                delete message.listener;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientId = value;
                            else
                                delete message.clientId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.softwareName = value;
                            else
                                delete message.softwareName;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.softwareVersion = value;
                            else
                                delete message.softwareVersion;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.connectedAtMs = value;
                            else
                                delete message.connectedAtMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestCount = value;
                            else
                                delete message.requestCount;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.apis && message.apis.length))
                                message.apis = [];
                            message.apis.push($root.tidelog.v1.ApiUse.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConnectedClient;
        })();

        v1.ApiUse = (function() {

            /**
             * Properties of an ApiUse.
             * @typedef {Object} tidelog.v1.ApiUse.$Properties
             * @property {string} [api] ApiUse api
             * @property {number} [version] Of the api on the Kafka listener, of the protocol on the native one.
             * @property {Long} [requestCount] ApiUse requestCount
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ApiUse.
             * @memberof tidelog.v1
             * @interface IApiUse
             * @augments tidelog.v1.ApiUse.$Properties
             * @deprecated Use tidelog.v1.ApiUse.$Properties instead.
             */

            /**
             * Shape of an ApiUse.
             * @typedef {tidelog.v1.ApiUse.$Properties} tidelog.v1.ApiUse.$Shape
             */

            /**
             * Constructs a new ApiUse.
             * @memberof tidelog.v1
             * @classdesc Represents an ApiUse.
             * @constructor
             * @param {tidelog.v1.ApiUse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ApiUse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ApiUse api.
             * @member {string} api
             * @memberof tidelog.v1.ApiUse
             * @instance
             */
            ApiUse.prototype.api = "";

            /**
             * Of the api on the Kafka listener, of the protocol on the native one.
             * @member {number} version
             * @memberof tidelog.v1.ApiUse
             * @instance
             */
            ApiUse.prototype.version = 0;

            /**
             * ApiUse requestCount.
             * @member {Long} requestCount
             * @memberof tidelog.v1.ApiUse
             * @instance
             */
            ApiUse.prototype.requestCount = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified ApiUse message. Does not implicitly {@link tidelog.v1.ApiUse.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.ApiUse
             * @static
             * @param {tidelog.v1.ApiUse.$Properties} message ApiUse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ApiUse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.api != null && $Object.hasOwnProperty.call(message, "api") && message.api !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.api);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                if (message.requestCount != null && $Object.hasOwnProperty.call(message, "requestCount") && (typeof message.requestCount === "object" ? message.requestCount.low || message.requestCount.high : message.requestCount !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.requestCount);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ApiUse message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.ApiUse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.ApiUse & tidelog.v1.ApiUse.$Shape} ApiUse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ApiUse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.ApiUse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.api = value;
                            else
                                delete message.api;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestCount = value;
                            else
                                delete message.requestCount;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ApiUse;
        })();

        v1.UnsupportedRequest = (function() {

            /**
             * Properties of an UnsupportedRequest.
             * @typedef {Object} tidelog.v1.UnsupportedRequest.$Properties
             * @property {string} [listener] UnsupportedRequest listener
             * @property {string} [host] Of the client that asked last.
             * @property {string} [clientId] UnsupportedRequest clientId
             * @property {string} [softwareName] UnsupportedRequest softwareName
             * @property {string} [softwareVersion] UnsupportedRequest softwareVersion
             * @property {string} [request] The api, and its version where that is what is missing.
             * @property {string} [reason] UnsupportedRequest reason
             * @property {Long} [requestCount] UnsupportedRequest requestCount
             * @property {Long} [firstAtMs] UnsupportedRequest firstAtMs
             * @property {Long} [lastAtMs] UnsupportedRequest lastAtMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UnsupportedRequest.
             * @memberof tidelog.v1
             * @interface IUnsupportedRequest
             * @augments tidelog.v1.UnsupportedRequest.$Properties
             * @deprecated Use tidelog.v1.UnsupportedRequest.$Properties instead.
             */

            /**
             * Shape of an UnsupportedRequest.
             * @typedef {tidelog.v1.UnsupportedRequest.$Properties} tidelog.v1.UnsupportedRequest.$Shape
             */

            /**
             * Constructs a new UnsupportedRequest.
             * @memberof tidelog.v1
             * @classdesc Represents an UnsupportedRequest.
             * @constructor
             * @param {tidelog.v1.UnsupportedRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UnsupportedRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UnsupportedRequest listener.
             * @member {string} listener
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.listener = "";

            /**
             * Of the client that asked last.
             * @member {string} host
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.host = "";

            /**
             * UnsupportedRequest clientId.
             * @member {string} clientId
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.clientId = "";

            /**
             * UnsupportedRequest softwareName.
             * @member {string} softwareName
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.softwareName = "";

            /**
             * UnsupportedRequest softwareVersion.
             * @member {string} softwareVersion
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.softwareVersion = "";

            /**
             * The api, and its version where that is what is missing.
             * @member {string} request
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.request = "";

            /**
             * UnsupportedRequest reason.
             * @member {string} reason
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.reason = "";

            /**
             * UnsupportedRequest requestCount.
             * @member {Long} requestCount
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.requestCount = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * UnsupportedRequest firstAtMs.
             * @member {Long} firstAtMs
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.firstAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * UnsupportedRequest lastAtMs.
             * @member {Long} lastAtMs
             * @memberof tidelog.v1.UnsupportedRequest
             * @instance
             */
            UnsupportedRequest.prototype.lastAtMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified UnsupportedRequest message. Does not implicitly {@link tidelog.v1.UnsupportedRequest.verify|verify} messages.
             * @function encode
             * @memberof tidelog.v1.UnsupportedRequest
             * @static
             * @param {tidelog.v1.UnsupportedRequest.$Properties} message UnsupportedRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnsupportedRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.listener != null && $Object.hasOwnProperty.call(message, "listener") && message.listener !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.listener);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.clientId != null && $Object.hasOwnProperty.call(message, "clientId") && message.clientId !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.clientId);
                if (message.softwareName != null && $Object.hasOwnProperty.call(message, "softwareName") && message.softwareName !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.softwareName);
                if (message.softwareVersion != null && $Object.hasOwnProperty.call(message, "softwareVersion") && message.softwareVersion !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.softwareVersion);
                if (message.request != null && $Object.hasOwnProperty.call(message, "request") && message.request !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.request);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.reason);
                if (message.requestCount != null && $Object.hasOwnProperty.call(message, "requestCount") && (typeof message.requestCount === "object" ? message.requestCount.low || message.requestCount.high : message.requestCount !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).int64(message.requestCount);
                if (message.firstAtMs != null && $Object.hasOwnProperty.call(message, "firstAtMs") && (typeof message.firstAtMs === "object" ? message.firstAtMs.low || message.firstAtMs.high : message.firstAtMs !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).int64(message.firstAtMs);
                if (message.lastAtMs != null && $Object.hasOwnProperty.call(message, "lastAtMs") && (typeof message.lastAtMs === "object" ? message.lastAtMs.low || message.lastAtMs.high : message.lastAtMs !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).int64(message.lastAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UnsupportedRequest message from the specified reader or buffer.
             * @function decode
             * @memberof tidelog.v1.UnsupportedRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {tidelog.v1.UnsupportedRequest & tidelog.v1.UnsupportedRequest.$Shape} UnsupportedRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnsupportedRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.tidelog.v1.UnsupportedRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.listener = value;
                            else
                                delete message.listener;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientId = value;
                            else
                                delete message.clientId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.softwareName = value;
                            else
                                delete message.softwareName;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.softwareVersion = value;
                            else
                                delete message.softwareVersion;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.request = value;
                            else
                                delete message.request;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestCount = value;
                            else
                                delete message.requestCount;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.firstAtMs = value;
                            else
                                delete message.firstAtMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastAtMs = value;
                            else
                                delete message.lastAtMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return UnsupportedRequest;
        })();

        return v1;
    })();

    return tidelog;
})();

export {
  $root as default
};

export const wire = tidelog.v1;
