import * as $protobuf from "protobufjs/minimal.js";
import Long from "long";

/** Namespace tidelog. */
export namespace tidelog {

    /** Namespace v1. */
    namespace v1 {

        /** Api enum. */
        enum Api {

            /** API_UNSPECIFIED value */
            API_UNSPECIFIED = 0,

            /** HELLO value */
            HELLO = 1,

            /** METADATA value */
            METADATA = 2,

            /** PRODUCE value */
            PRODUCE = 3,

            /** FETCH value */
            FETCH = 4,

            /** LIST_OFFSETS value */
            LIST_OFFSETS = 5,

            /** INIT_PRODUCER_ID value */
            INIT_PRODUCER_ID = 6,

            /** CREATE_TOPICS value */
            CREATE_TOPICS = 7,

            /** DELETE_TOPICS value */
            DELETE_TOPICS = 8,

            /** CREATE_PARTITIONS value */
            CREATE_PARTITIONS = 9,

            /** DESCRIBE_CONFIGS value */
            DESCRIBE_CONFIGS = 10,

            /** ALTER_CONFIGS value */
            ALTER_CONFIGS = 11,

            /** DELETE_RECORDS value */
            DELETE_RECORDS = 12,

            /** FIND_COORDINATOR value */
            FIND_COORDINATOR = 13,

            /** OFFSET_COMMIT value */
            OFFSET_COMMIT = 14,

            /** OFFSET_FETCH value */
            OFFSET_FETCH = 15,

            /** CONSUMER_GROUP_HEARTBEAT value */
            CONSUMER_GROUP_HEARTBEAT = 16,

            /** LIST_GROUPS value */
            LIST_GROUPS = 17,

            /** DESCRIBE_GROUPS value */
            DESCRIBE_GROUPS = 18,

            /** DELETE_GROUPS value */
            DELETE_GROUPS = 19,

            /** OFFSET_DELETE value */
            OFFSET_DELETE = 20,

            /** DESCRIBE_BROKER value */
            DESCRIBE_BROKER = 21
        }

        /**
         * Properties of a RequestHeader.
         * @deprecated Use tidelog.v1.RequestHeader.$Properties instead.
         */
        interface IRequestHeader extends tidelog.v1.RequestHeader.$Properties {
        }

        /** Represents a RequestHeader. */
        class RequestHeader {

            /**
             * Constructs a new RequestHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.RequestHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RequestHeader api. */
            api: number;

            /** Chosen by the client, 1 or more, unique among its requests in flight on the connection. */
            correlationId: number;

            /**
             * Encodes the specified RequestHeader message. Does not implicitly {@link tidelog.v1.RequestHeader.verify|verify} messages.
             * @param message RequestHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.RequestHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RequestHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.RequestHeader & tidelog.v1.RequestHeader.$Shape} RequestHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.RequestHeader & tidelog.v1.RequestHeader.$Shape;
        }

        namespace RequestHeader {

            /** Properties of a RequestHeader. */
            interface $Properties {

                /** RequestHeader api */
                api?: number;

                /** Chosen by the client, 1 or more, unique among its requests in flight on the connection. */
                correlationId?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RequestHeader. */
            type $Shape = tidelog.v1.RequestHeader.$Properties;
        }

        /**
         * Properties of a ResponseHeader.
         * @deprecated Use tidelog.v1.ResponseHeader.$Properties instead.
         */
        interface IResponseHeader extends tidelog.v1.ResponseHeader.$Properties {
        }

        /** Represents a ResponseHeader. */
        class ResponseHeader {

            /**
             * Constructs a new ResponseHeader.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ResponseHeader.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** That of the request. 0 with an error: the error is about the connection, which is then closed. */
            correlationId: number;

            /** 0, or an error that concerns the whole request: then there is no body. */
            errorCode: number;

            /** ResponseHeader errorMessage. */
            errorMessage: string;

            /** How long the client should wait before its next request; 0 today. */
            throttleMs: number;

            /**
             * Encodes the specified ResponseHeader message. Does not implicitly {@link tidelog.v1.ResponseHeader.verify|verify} messages.
             * @param message ResponseHeader message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ResponseHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResponseHeader message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ResponseHeader & tidelog.v1.ResponseHeader.$Shape} ResponseHeader
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ResponseHeader & tidelog.v1.ResponseHeader.$Shape;
        }

        namespace ResponseHeader {

            /** Properties of a ResponseHeader. */
            interface $Properties {

                /** That of the request. 0 with an error: the error is about the connection, which is then closed. */
                correlationId?: number;

                /** 0, or an error that concerns the whole request: then there is no body. */
                errorCode?: number;

                /** ResponseHeader errorMessage */
                errorMessage?: string;

                /** How long the client should wait before its next request; 0 today. */
                throttleMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResponseHeader. */
            type $Shape = tidelog.v1.ResponseHeader.$Properties;
        }

        /**
         * Properties of a HelloRequest.
         * @deprecated Use tidelog.v1.HelloRequest.$Properties instead.
         */
        interface IHelloRequest extends tidelog.v1.HelloRequest.$Properties {
        }

        /**
         * The first request of a connection. A broker answers other requests without it too (limits stay at their
         * defaults), so that a client written in an afternoon works.
         */
        class HelloRequest {

            /**
             * Constructs a new HelloRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.HelloRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HelloRequest protocolVersion. */
            protocolVersion: number;

            /** HelloRequest clientId. */
            clientId: string;

            /** HelloRequest clientSoftwareName. */
            clientSoftwareName: string;

            /** HelloRequest clientSoftwareVersion. */
            clientSoftwareVersion: string;

            /**
             * Encodes the specified HelloRequest message. Does not implicitly {@link tidelog.v1.HelloRequest.verify|verify} messages.
             * @param message HelloRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.HelloRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HelloRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.HelloRequest & tidelog.v1.HelloRequest.$Shape} HelloRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.HelloRequest & tidelog.v1.HelloRequest.$Shape;
        }

        namespace HelloRequest {

            /** Properties of a HelloRequest. */
            interface $Properties {

                /** HelloRequest protocolVersion */
                protocolVersion?: number;

                /** HelloRequest clientId */
                clientId?: string;

                /** HelloRequest clientSoftwareName */
                clientSoftwareName?: string;

                /** HelloRequest clientSoftwareVersion */
                clientSoftwareVersion?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HelloRequest. */
            type $Shape = tidelog.v1.HelloRequest.$Properties;
        }

        /**
         * Properties of a HelloResponse.
         * @deprecated Use tidelog.v1.HelloResponse.$Properties instead.
         */
        interface IHelloResponse extends tidelog.v1.HelloResponse.$Properties {
        }

        /** Represents a HelloResponse. */
        class HelloResponse {

            /**
             * Constructs a new HelloResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.HelloResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HelloResponse protocolVersion. */
            protocolVersion: number;

            /** HelloResponse clusterId. */
            clusterId: string;

            /** HelloResponse brokerId. */
            brokerId: number;

            /** HelloResponse brokerVersion. */
            brokerVersion: string;

            /** HelloResponse features. */
            features: string[];

            /** The largest frame that the broker reads, in bytes. */
            maxRequestBytes: number;

            /**
             * Encodes the specified HelloResponse message. Does not implicitly {@link tidelog.v1.HelloResponse.verify|verify} messages.
             * @param message HelloResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.HelloResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HelloResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.HelloResponse & tidelog.v1.HelloResponse.$Shape} HelloResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.HelloResponse & tidelog.v1.HelloResponse.$Shape;
        }

        namespace HelloResponse {

            /** Properties of a HelloResponse. */
            interface $Properties {

                /** HelloResponse protocolVersion */
                protocolVersion?: number;

                /** HelloResponse clusterId */
                clusterId?: string;

                /** HelloResponse brokerId */
                brokerId?: number;

                /** HelloResponse brokerVersion */
                brokerVersion?: string;

                /** HelloResponse features */
                features?: string[];

                /** The largest frame that the broker reads, in bytes. */
                maxRequestBytes?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HelloResponse. */
            type $Shape = tidelog.v1.HelloResponse.$Properties;
        }

        /**
         * Properties of a BrokerEndpoint.
         * @deprecated Use tidelog.v1.BrokerEndpoint.$Properties instead.
         */
        interface IBrokerEndpoint extends tidelog.v1.BrokerEndpoint.$Properties {
        }

        /** Represents a BrokerEndpoint. */
        class BrokerEndpoint {

            /**
             * Constructs a new BrokerEndpoint.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.BrokerEndpoint.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrokerEndpoint brokerId. */
            brokerId: number;

            /** BrokerEndpoint host. */
            host: string;

            /** BrokerEndpoint port. */
            port: number;

            /** BrokerEndpoint rack. */
            rack: string;

            /**
             * Encodes the specified BrokerEndpoint message. Does not implicitly {@link tidelog.v1.BrokerEndpoint.verify|verify} messages.
             * @param message BrokerEndpoint message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.BrokerEndpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrokerEndpoint message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.BrokerEndpoint & tidelog.v1.BrokerEndpoint.$Shape} BrokerEndpoint
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.BrokerEndpoint & tidelog.v1.BrokerEndpoint.$Shape;
        }

        namespace BrokerEndpoint {

            /** Properties of a BrokerEndpoint. */
            interface $Properties {

                /** BrokerEndpoint brokerId */
                brokerId?: number;

                /** BrokerEndpoint host */
                host?: string;

                /** BrokerEndpoint port */
                port?: number;

                /** BrokerEndpoint rack */
                rack?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrokerEndpoint. */
            type $Shape = tidelog.v1.BrokerEndpoint.$Properties;
        }

        /**
         * Properties of a MetadataRequest.
         * @deprecated Use tidelog.v1.MetadataRequest.$Properties instead.
         */
        interface IMetadataRequest extends tidelog.v1.MetadataRequest.$Properties {
        }

        /** Represents a MetadataRequest. */
        class MetadataRequest {

            /**
             * Constructs a new MetadataRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.MetadataRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Every topic, internal ones included; then the lists are ignored. */
            allTopics: boolean;

            /** MetadataRequest topicNames. */
            topicNames: string[];

            /** MetadataRequest topicIds. */
            topicIds: Buffer[];

            /** MetadataRequest allowAutoTopicCreation. */
            allowAutoTopicCreation: boolean;

            /**
             * Encodes the specified MetadataRequest message. Does not implicitly {@link tidelog.v1.MetadataRequest.verify|verify} messages.
             * @param message MetadataRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.MetadataRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.MetadataRequest & tidelog.v1.MetadataRequest.$Shape} MetadataRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.MetadataRequest & tidelog.v1.MetadataRequest.$Shape;
        }

        namespace MetadataRequest {

            /** Properties of a MetadataRequest. */
            interface $Properties {

                /** Every topic, internal ones included; then the lists are ignored. */
                allTopics?: boolean;

                /** MetadataRequest topicNames */
                topicNames?: string[];

                /** MetadataRequest topicIds */
                topicIds?: Uint8Array[];

                /** MetadataRequest allowAutoTopicCreation */
                allowAutoTopicCreation?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MetadataRequest. */
            type $Shape = tidelog.v1.MetadataRequest.$Properties;
        }

        /**
         * Properties of a MetadataResponse.
         * @deprecated Use tidelog.v1.MetadataResponse.$Properties instead.
         */
        interface IMetadataResponse extends tidelog.v1.MetadataResponse.$Properties {
        }

        /** Represents a MetadataResponse. */
        class MetadataResponse {

            /**
             * Constructs a new MetadataResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.MetadataResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MetadataResponse clusterId. */
            clusterId: string;

            /** MetadataResponse controllerId. */
            controllerId: number;

            /** MetadataResponse brokers. */
            brokers: tidelog.v1.BrokerEndpoint[];

            /** MetadataResponse topics. */
            topics: tidelog.v1.TopicMetadata[];

            /**
             * Encodes the specified MetadataResponse message. Does not implicitly {@link tidelog.v1.MetadataResponse.verify|verify} messages.
             * @param message MetadataResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.MetadataResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetadataResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.MetadataResponse & tidelog.v1.MetadataResponse.$Shape} MetadataResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.MetadataResponse & tidelog.v1.MetadataResponse.$Shape;
        }

        namespace MetadataResponse {

            /** Properties of a MetadataResponse. */
            interface $Properties {

                /** MetadataResponse clusterId */
                clusterId?: string;

                /** MetadataResponse controllerId */
                controllerId?: number;

                /** MetadataResponse brokers */
                brokers?: tidelog.v1.BrokerEndpoint.$Properties[];

                /** MetadataResponse topics */
                topics?: tidelog.v1.TopicMetadata.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MetadataResponse. */
            type $Shape = tidelog.v1.MetadataResponse.$Properties;
        }

        /**
         * Properties of a TopicMetadata.
         * @deprecated Use tidelog.v1.TopicMetadata.$Properties instead.
         */
        interface ITopicMetadata extends tidelog.v1.TopicMetadata.$Properties {
        }

        /** Represents a TopicMetadata. */
        class TopicMetadata {

            /**
             * Constructs a new TopicMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.TopicMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopicMetadata errorCode. */
            errorCode: number;

            /** TopicMetadata errorMessage. */
            errorMessage: string;

            /** TopicMetadata name. */
            name: string;

            /** 16 bytes. */
            topicId: Buffer;

            /** TopicMetadata internal. */
            internal: boolean;

            /** TopicMetadata partitions. */
            partitions: tidelog.v1.PartitionMetadata[];

            /**
             * Encodes the specified TopicMetadata message. Does not implicitly {@link tidelog.v1.TopicMetadata.verify|verify} messages.
             * @param message TopicMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.TopicMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicMetadata & tidelog.v1.TopicMetadata.$Shape} TopicMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.TopicMetadata & tidelog.v1.TopicMetadata.$Shape;
        }

        namespace TopicMetadata {

            /** Properties of a TopicMetadata. */
            interface $Properties {

                /** TopicMetadata errorCode */
                errorCode?: number;

                /** TopicMetadata errorMessage */
                errorMessage?: string;

                /** TopicMetadata name */
                name?: string;

                /** 16 bytes. */
                topicId?: Uint8Array;

                /** TopicMetadata internal */
                internal?: boolean;

                /** TopicMetadata partitions */
                partitions?: tidelog.v1.PartitionMetadata.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopicMetadata. */
            type $Shape = tidelog.v1.TopicMetadata.$Properties;
        }

        /**
         * Properties of a PartitionMetadata.
         * @deprecated Use tidelog.v1.PartitionMetadata.$Properties instead.
         */
        interface IPartitionMetadata extends tidelog.v1.PartitionMetadata.$Properties {
        }

        /** Represents a PartitionMetadata. */
        class PartitionMetadata {

            /**
             * Constructs a new PartitionMetadata.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.PartitionMetadata.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PartitionMetadata errorCode. */
            errorCode: number;

            /** PartitionMetadata partition. */
            partition: number;

            /** -1 when the partition has no leader. */
            leaderId: number;

            /** PartitionMetadata leaderEpoch. */
            leaderEpoch: number;

            /** PartitionMetadata replicaIds. */
            replicaIds: number[];

            /** PartitionMetadata isrIds. */
            isrIds: number[];

            /**
             * Encodes the specified PartitionMetadata message. Does not implicitly {@link tidelog.v1.PartitionMetadata.verify|verify} messages.
             * @param message PartitionMetadata message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.PartitionMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionMetadata message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.PartitionMetadata & tidelog.v1.PartitionMetadata.$Shape} PartitionMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.PartitionMetadata & tidelog.v1.PartitionMetadata.$Shape;
        }

        namespace PartitionMetadata {

            /** Properties of a PartitionMetadata. */
            interface $Properties {

                /** PartitionMetadata errorCode */
                errorCode?: number;

                /** PartitionMetadata partition */
                partition?: number;

                /** 1 when the partition has no leader. */
                leaderId?: number;

                /** PartitionMetadata leaderEpoch */
                leaderEpoch?: number;

                /** PartitionMetadata replicaIds */
                replicaIds?: number[];

                /** PartitionMetadata isrIds */
                isrIds?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PartitionMetadata. */
            type $Shape = tidelog.v1.PartitionMetadata.$Properties;
        }

        /**
         * Properties of a ProduceRequest.
         * @deprecated Use tidelog.v1.ProduceRequest.$Properties instead.
         */
        interface IProduceRequest extends tidelog.v1.ProduceRequest.$Properties {
        }

        /** Represents a ProduceRequest. */
        class ProduceRequest {

            /**
             * Constructs a new ProduceRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ProduceRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** 0: no response is sent at all. 1: the leader has it. -1: every in-sync replica has it. */
            acks: number;

            /** ProduceRequest timeoutMs. */
            timeoutMs: number;

            /** ProduceRequest partitions. */
            partitions: tidelog.v1.ProducePartitionData[];

            /**
             * Encodes the specified ProduceRequest message. Does not implicitly {@link tidelog.v1.ProduceRequest.verify|verify} messages.
             * @param message ProduceRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ProduceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ProduceRequest & tidelog.v1.ProduceRequest.$Shape} ProduceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ProduceRequest & tidelog.v1.ProduceRequest.$Shape;
        }

        namespace ProduceRequest {

            /** Properties of a ProduceRequest. */
            interface $Properties {

                /** 0: no response is sent at all. 1: the leader has it. -1: every in-sync replica has it. */
                acks?: number;

                /** ProduceRequest timeoutMs */
                timeoutMs?: number;

                /** ProduceRequest partitions */
                partitions?: tidelog.v1.ProducePartitionData.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProduceRequest. */
            type $Shape = tidelog.v1.ProduceRequest.$Properties;
        }

        /**
         * Properties of a ProducePartitionData.
         * @deprecated Use tidelog.v1.ProducePartitionData.$Properties instead.
         */
        interface IProducePartitionData extends tidelog.v1.ProducePartitionData.$Properties {
        }

        /** Represents a ProducePartitionData. */
        class ProducePartitionData {

            /**
             * Constructs a new ProducePartitionData.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ProducePartitionData.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProducePartitionData topicId. */
            topicId: Buffer;

            /** ProducePartitionData partition. */
            partition: number;

            /** Exactly one record batch of format v2, base offset ignored. */
            records: Buffer;

            /**
             * Encodes the specified ProducePartitionData message. Does not implicitly {@link tidelog.v1.ProducePartitionData.verify|verify} messages.
             * @param message ProducePartitionData message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ProducePartitionData.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProducePartitionData message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ProducePartitionData & tidelog.v1.ProducePartitionData.$Shape} ProducePartitionData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ProducePartitionData & tidelog.v1.ProducePartitionData.$Shape;
        }

        namespace ProducePartitionData {

            /** Properties of a ProducePartitionData. */
            interface $Properties {

                /** ProducePartitionData topicId */
                topicId?: Uint8Array;

                /** ProducePartitionData partition */
                partition?: number;

                /** Exactly one record batch of format v2, base offset ignored. */
                records?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProducePartitionData. */
            type $Shape = tidelog.v1.ProducePartitionData.$Properties;
        }

        /**
         * Properties of a ProduceResponse.
         * @deprecated Use tidelog.v1.ProduceResponse.$Properties instead.
         */
        interface IProduceResponse extends tidelog.v1.ProduceResponse.$Properties {
        }

        /** Represents a ProduceResponse. */
        class ProduceResponse {

            /**
             * Constructs a new ProduceResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ProduceResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            partitions: tidelog.v1.ProducePartitionResult[];

            /**
             * Encodes the specified ProduceResponse message. Does not implicitly {@link tidelog.v1.ProduceResponse.verify|verify} messages.
             * @param message ProduceResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ProduceResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProduceResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ProduceResponse & tidelog.v1.ProduceResponse.$Shape} ProduceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ProduceResponse & tidelog.v1.ProduceResponse.$Shape;
        }

        namespace ProduceResponse {

            /** Properties of a ProduceResponse. */
            interface $Properties {

                /** In the order of the request. */
                partitions?: tidelog.v1.ProducePartitionResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProduceResponse. */
            type $Shape = tidelog.v1.ProduceResponse.$Properties;
        }

        /**
         * Properties of a ProducePartitionResult.
         * @deprecated Use tidelog.v1.ProducePartitionResult.$Properties instead.
         */
        interface IProducePartitionResult extends tidelog.v1.ProducePartitionResult.$Properties {
        }

        /** Represents a ProducePartitionResult. */
        class ProducePartitionResult {

            /**
             * Constructs a new ProducePartitionResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ProducePartitionResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProducePartitionResult errorCode. */
            errorCode: number;

            /** ProducePartitionResult errorMessage. */
            errorMessage: string;

            /** ProducePartitionResult baseOffset. */
            baseOffset: Long;

            /** -1 unless the topic stamps records itself (message.timestamp.type=LogAppendTime). */
            logAppendTimeMs: Long;

            /** ProducePartitionResult logStartOffset. */
            logStartOffset: Long;

            /**
             * Encodes the specified ProducePartitionResult message. Does not implicitly {@link tidelog.v1.ProducePartitionResult.verify|verify} messages.
             * @param message ProducePartitionResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ProducePartitionResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProducePartitionResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ProducePartitionResult & tidelog.v1.ProducePartitionResult.$Shape} ProducePartitionResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ProducePartitionResult & tidelog.v1.ProducePartitionResult.$Shape;
        }

        namespace ProducePartitionResult {

            /** Properties of a ProducePartitionResult. */
            interface $Properties {

                /** ProducePartitionResult errorCode */
                errorCode?: number;

                /** ProducePartitionResult errorMessage */
                errorMessage?: string;

                /** ProducePartitionResult baseOffset */
                baseOffset?: Long;

                /** 1 unless the topic stamps records itself (message.timestamp.type=LogAppendTime). */
                logAppendTimeMs?: Long;

                /** ProducePartitionResult logStartOffset */
                logStartOffset?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProducePartitionResult. */
            type $Shape = tidelog.v1.ProducePartitionResult.$Properties;
        }

        /**
         * Properties of a FetchRequest.
         * @deprecated Use tidelog.v1.FetchRequest.$Properties instead.
         */
        interface IFetchRequest extends tidelog.v1.FetchRequest.$Properties {
        }

        /** Represents a FetchRequest. */
        class FetchRequest {

            /**
             * Constructs a new FetchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FetchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The longest that the broker waits for min_bytes. */
            maxWaitMs: number;

            /** FetchRequest minBytes. */
            minBytes: number;

            /** FetchRequest maxBytes. */
            maxBytes: number;

            /** 0 read uncommitted, 1 read committed. */
            isolationLevel: number;

            /** FetchRequest partitions. */
            partitions: tidelog.v1.FetchPartition[];

            /**
             * Encodes the specified FetchRequest message. Does not implicitly {@link tidelog.v1.FetchRequest.verify|verify} messages.
             * @param message FetchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FetchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchRequest & tidelog.v1.FetchRequest.$Shape} FetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FetchRequest & tidelog.v1.FetchRequest.$Shape;
        }

        namespace FetchRequest {

            /** Properties of a FetchRequest. */
            interface $Properties {

                /** The longest that the broker waits for min_bytes. */
                maxWaitMs?: number;

                /** FetchRequest minBytes */
                minBytes?: number;

                /** FetchRequest maxBytes */
                maxBytes?: number;

                /** 0 read uncommitted, 1 read committed. */
                isolationLevel?: number;

                /** FetchRequest partitions */
                partitions?: tidelog.v1.FetchPartition.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchRequest. */
            type $Shape = tidelog.v1.FetchRequest.$Properties;
        }

        /**
         * Properties of a FetchPartition.
         * @deprecated Use tidelog.v1.FetchPartition.$Properties instead.
         */
        interface IFetchPartition extends tidelog.v1.FetchPartition.$Properties {
        }

        /** Represents a FetchPartition. */
        class FetchPartition {

            /**
             * Constructs a new FetchPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FetchPartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FetchPartition topicId. */
            topicId: Buffer;

            /** FetchPartition partition. */
            partition: number;

            /** FetchPartition fetchOffset. */
            fetchOffset: Long;

            /** FetchPartition partitionMaxBytes. */
            partitionMaxBytes: number;

            /** The leader epoch that the client knows, plus one; 0 means unknown. */
            currentLeaderEpochPlusOne: number;

            /**
             * Encodes the specified FetchPartition message. Does not implicitly {@link tidelog.v1.FetchPartition.verify|verify} messages.
             * @param message FetchPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FetchPartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchPartition & tidelog.v1.FetchPartition.$Shape} FetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FetchPartition & tidelog.v1.FetchPartition.$Shape;
        }

        namespace FetchPartition {

            /** Properties of a FetchPartition. */
            interface $Properties {

                /** FetchPartition topicId */
                topicId?: Uint8Array;

                /** FetchPartition partition */
                partition?: number;

                /** FetchPartition fetchOffset */
                fetchOffset?: Long;

                /** FetchPartition partitionMaxBytes */
                partitionMaxBytes?: number;

                /** The leader epoch that the client knows, plus one; 0 means unknown. */
                currentLeaderEpochPlusOne?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchPartition. */
            type $Shape = tidelog.v1.FetchPartition.$Properties;
        }

        /**
         * Properties of a FetchResponse.
         * @deprecated Use tidelog.v1.FetchResponse.$Properties instead.
         */
        interface IFetchResponse extends tidelog.v1.FetchResponse.$Properties {
        }

        /** Represents a FetchResponse. */
        class FetchResponse {

            /**
             * Constructs a new FetchResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FetchResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FetchResponse partitions. */
            partitions: tidelog.v1.FetchPartitionData[];

            /**
             * Encodes the specified FetchResponse message. Does not implicitly {@link tidelog.v1.FetchResponse.verify|verify} messages.
             * @param message FetchResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FetchResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchResponse & tidelog.v1.FetchResponse.$Shape} FetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FetchResponse & tidelog.v1.FetchResponse.$Shape;
        }

        namespace FetchResponse {

            /** Properties of a FetchResponse. */
            interface $Properties {

                /** FetchResponse partitions */
                partitions?: tidelog.v1.FetchPartitionData.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchResponse. */
            type $Shape = tidelog.v1.FetchResponse.$Properties;
        }

        /**
         * Properties of a FetchPartitionData.
         * @deprecated Use tidelog.v1.FetchPartitionData.$Properties instead.
         */
        interface IFetchPartitionData extends tidelog.v1.FetchPartitionData.$Properties {
        }

        /** Represents a FetchPartitionData. */
        class FetchPartitionData {

            /**
             * Constructs a new FetchPartitionData.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FetchPartitionData.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FetchPartitionData topicId. */
            topicId: Buffer;

            /** FetchPartitionData partition. */
            partition: number;

            /** FetchPartitionData errorCode. */
            errorCode: number;

            /** FetchPartitionData errorMessage. */
            errorMessage: string;

            /** FetchPartitionData highWatermark. */
            highWatermark: Long;

            /** FetchPartitionData lastStableOffset. */
            lastStableOffset: Long;

            /** FetchPartitionData logStartOffset. */
            logStartOffset: Long;

            /** Whole record batches; the first may start below fetch_offset and is then skipped into by the client. */
            records: Buffer;

            /**
             * Encodes the specified FetchPartitionData message. Does not implicitly {@link tidelog.v1.FetchPartitionData.verify|verify} messages.
             * @param message FetchPartitionData message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FetchPartitionData.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FetchPartitionData message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FetchPartitionData & tidelog.v1.FetchPartitionData.$Shape} FetchPartitionData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FetchPartitionData & tidelog.v1.FetchPartitionData.$Shape;
        }

        namespace FetchPartitionData {

            /** Properties of a FetchPartitionData. */
            interface $Properties {

                /** FetchPartitionData topicId */
                topicId?: Uint8Array;

                /** FetchPartitionData partition */
                partition?: number;

                /** FetchPartitionData errorCode */
                errorCode?: number;

                /** FetchPartitionData errorMessage */
                errorMessage?: string;

                /** FetchPartitionData highWatermark */
                highWatermark?: Long;

                /** FetchPartitionData lastStableOffset */
                lastStableOffset?: Long;

                /** FetchPartitionData logStartOffset */
                logStartOffset?: Long;

                /** Whole record batches; the first may start below fetch_offset and is then skipped into by the client. */
                records?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FetchPartitionData. */
            type $Shape = tidelog.v1.FetchPartitionData.$Properties;
        }

        /**
         * Properties of a ListOffsetsRequest.
         * @deprecated Use tidelog.v1.ListOffsetsRequest.$Properties instead.
         */
        interface IListOffsetsRequest extends tidelog.v1.ListOffsetsRequest.$Properties {
        }

        /** Represents a ListOffsetsRequest. */
        class ListOffsetsRequest {

            /**
             * Constructs a new ListOffsetsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListOffsetsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListOffsetsRequest isolationLevel. */
            isolationLevel: number;

            /** ListOffsetsRequest partitions. */
            partitions: tidelog.v1.ListOffsetsPartition[];

            /**
             * Encodes the specified ListOffsetsRequest message. Does not implicitly {@link tidelog.v1.ListOffsetsRequest.verify|verify} messages.
             * @param message ListOffsetsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListOffsetsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsRequest & tidelog.v1.ListOffsetsRequest.$Shape} ListOffsetsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListOffsetsRequest & tidelog.v1.ListOffsetsRequest.$Shape;
        }

        namespace ListOffsetsRequest {

            /** Properties of a ListOffsetsRequest. */
            interface $Properties {

                /** ListOffsetsRequest isolationLevel */
                isolationLevel?: number;

                /** ListOffsetsRequest partitions */
                partitions?: tidelog.v1.ListOffsetsPartition.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListOffsetsRequest. */
            type $Shape = tidelog.v1.ListOffsetsRequest.$Properties;
        }

        /**
         * Properties of a ListOffsetsPartition.
         * @deprecated Use tidelog.v1.ListOffsetsPartition.$Properties instead.
         */
        interface IListOffsetsPartition extends tidelog.v1.ListOffsetsPartition.$Properties {
        }

        /** Represents a ListOffsetsPartition. */
        class ListOffsetsPartition {

            /**
             * Constructs a new ListOffsetsPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListOffsetsPartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListOffsetsPartition topicId. */
            topicId: Buffer;

            /** ListOffsetsPartition partition. */
            partition: number;

            /** Milliseconds since the epoch, or -1 latest, -2 earliest, -3 the record with the largest timestamp. */
            timestampMs: Long;

            /**
             * Encodes the specified ListOffsetsPartition message. Does not implicitly {@link tidelog.v1.ListOffsetsPartition.verify|verify} messages.
             * @param message ListOffsetsPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListOffsetsPartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsPartition & tidelog.v1.ListOffsetsPartition.$Shape} ListOffsetsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListOffsetsPartition & tidelog.v1.ListOffsetsPartition.$Shape;
        }

        namespace ListOffsetsPartition {

            /** Properties of a ListOffsetsPartition. */
            interface $Properties {

                /** ListOffsetsPartition topicId */
                topicId?: Uint8Array;

                /** ListOffsetsPartition partition */
                partition?: number;

                /** Milliseconds since the epoch, or -1 latest, -2 earliest, -3 the record with the largest timestamp. */
                timestampMs?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListOffsetsPartition. */
            type $Shape = tidelog.v1.ListOffsetsPartition.$Properties;
        }

        /**
         * Properties of a ListOffsetsResponse.
         * @deprecated Use tidelog.v1.ListOffsetsResponse.$Properties instead.
         */
        interface IListOffsetsResponse extends tidelog.v1.ListOffsetsResponse.$Properties {
        }

        /** Represents a ListOffsetsResponse. */
        class ListOffsetsResponse {

            /**
             * Constructs a new ListOffsetsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListOffsetsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListOffsetsResponse partitions. */
            partitions: tidelog.v1.ListOffsetsResult[];

            /**
             * Encodes the specified ListOffsetsResponse message. Does not implicitly {@link tidelog.v1.ListOffsetsResponse.verify|verify} messages.
             * @param message ListOffsetsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListOffsetsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsResponse & tidelog.v1.ListOffsetsResponse.$Shape} ListOffsetsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListOffsetsResponse & tidelog.v1.ListOffsetsResponse.$Shape;
        }

        namespace ListOffsetsResponse {

            /** Properties of a ListOffsetsResponse. */
            interface $Properties {

                /** ListOffsetsResponse partitions */
                partitions?: tidelog.v1.ListOffsetsResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListOffsetsResponse. */
            type $Shape = tidelog.v1.ListOffsetsResponse.$Properties;
        }

        /**
         * Properties of a ListOffsetsResult.
         * @deprecated Use tidelog.v1.ListOffsetsResult.$Properties instead.
         */
        interface IListOffsetsResult extends tidelog.v1.ListOffsetsResult.$Properties {
        }

        /** Represents a ListOffsetsResult. */
        class ListOffsetsResult {

            /**
             * Constructs a new ListOffsetsResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListOffsetsResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListOffsetsResult topicId. */
            topicId: Buffer;

            /** ListOffsetsResult partition. */
            partition: number;

            /** ListOffsetsResult errorCode. */
            errorCode: number;

            /** ListOffsetsResult errorMessage. */
            errorMessage: string;

            /** -1 when no record has such a timestamp. */
            offset: Long;

            /** ListOffsetsResult timestampMs. */
            timestampMs: Long;

            /** ListOffsetsResult leaderEpoch. */
            leaderEpoch: number;

            /**
             * Encodes the specified ListOffsetsResult message. Does not implicitly {@link tidelog.v1.ListOffsetsResult.verify|verify} messages.
             * @param message ListOffsetsResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListOffsetsResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListOffsetsResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListOffsetsResult & tidelog.v1.ListOffsetsResult.$Shape} ListOffsetsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListOffsetsResult & tidelog.v1.ListOffsetsResult.$Shape;
        }

        namespace ListOffsetsResult {

            /** Properties of a ListOffsetsResult. */
            interface $Properties {

                /** ListOffsetsResult topicId */
                topicId?: Uint8Array;

                /** ListOffsetsResult partition */
                partition?: number;

                /** ListOffsetsResult errorCode */
                errorCode?: number;

                /** ListOffsetsResult errorMessage */
                errorMessage?: string;

                /** 1 when no record has such a timestamp. */
                offset?: Long;

                /** ListOffsetsResult timestampMs */
                timestampMs?: Long;

                /** ListOffsetsResult leaderEpoch */
                leaderEpoch?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListOffsetsResult. */
            type $Shape = tidelog.v1.ListOffsetsResult.$Properties;
        }

        /**
         * Properties of an InitProducerIdRequest.
         * @deprecated Use tidelog.v1.InitProducerIdRequest.$Properties instead.
         */
        interface IInitProducerIdRequest extends tidelog.v1.InitProducerIdRequest.$Properties {
        }

        /** Represents an InitProducerIdRequest. */
        class InitProducerIdRequest {

            /**
             * Constructs a new InitProducerIdRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.InitProducerIdRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Empty: an idempotent producer without transactions. */
            transactionalId: string;

            /** InitProducerIdRequest transactionTimeoutMs. */
            transactionTimeoutMs: number;

            /**
             * Encodes the specified InitProducerIdRequest message. Does not implicitly {@link tidelog.v1.InitProducerIdRequest.verify|verify} messages.
             * @param message InitProducerIdRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.InitProducerIdRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InitProducerIdRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.InitProducerIdRequest & tidelog.v1.InitProducerIdRequest.$Shape} InitProducerIdRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.InitProducerIdRequest & tidelog.v1.InitProducerIdRequest.$Shape;
        }

        namespace InitProducerIdRequest {

            /** Properties of an InitProducerIdRequest. */
            interface $Properties {

                /** Empty: an idempotent producer without transactions. */
                transactionalId?: string;

                /** InitProducerIdRequest transactionTimeoutMs */
                transactionTimeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InitProducerIdRequest. */
            type $Shape = tidelog.v1.InitProducerIdRequest.$Properties;
        }

        /**
         * Properties of an InitProducerIdResponse.
         * @deprecated Use tidelog.v1.InitProducerIdResponse.$Properties instead.
         */
        interface IInitProducerIdResponse extends tidelog.v1.InitProducerIdResponse.$Properties {
        }

        /** Represents an InitProducerIdResponse. */
        class InitProducerIdResponse {

            /**
             * Constructs a new InitProducerIdResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.InitProducerIdResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** InitProducerIdResponse producerId. */
            producerId: Long;

            /** InitProducerIdResponse producerEpoch. */
            producerEpoch: number;

            /**
             * Encodes the specified InitProducerIdResponse message. Does not implicitly {@link tidelog.v1.InitProducerIdResponse.verify|verify} messages.
             * @param message InitProducerIdResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.InitProducerIdResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an InitProducerIdResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.InitProducerIdResponse & tidelog.v1.InitProducerIdResponse.$Shape} InitProducerIdResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.InitProducerIdResponse & tidelog.v1.InitProducerIdResponse.$Shape;
        }

        namespace InitProducerIdResponse {

            /** Properties of an InitProducerIdResponse. */
            interface $Properties {

                /** InitProducerIdResponse producerId */
                producerId?: Long;

                /** InitProducerIdResponse producerEpoch */
                producerEpoch?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an InitProducerIdResponse. */
            type $Shape = tidelog.v1.InitProducerIdResponse.$Properties;
        }

        /**
         * Properties of a CreateTopicsRequest.
         * @deprecated Use tidelog.v1.CreateTopicsRequest.$Properties instead.
         */
        interface ICreateTopicsRequest extends tidelog.v1.CreateTopicsRequest.$Properties {
        }

        /** Represents a CreateTopicsRequest. */
        class CreateTopicsRequest {

            /**
             * Constructs a new CreateTopicsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CreateTopicsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateTopicsRequest topics. */
            topics: tidelog.v1.NewTopic[];

            /** CreateTopicsRequest validateOnly. */
            validateOnly: boolean;

            /** CreateTopicsRequest timeoutMs. */
            timeoutMs: number;

            /**
             * Encodes the specified CreateTopicsRequest message. Does not implicitly {@link tidelog.v1.CreateTopicsRequest.verify|verify} messages.
             * @param message CreateTopicsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CreateTopicsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicsRequest & tidelog.v1.CreateTopicsRequest.$Shape} CreateTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CreateTopicsRequest & tidelog.v1.CreateTopicsRequest.$Shape;
        }

        namespace CreateTopicsRequest {

            /** Properties of a CreateTopicsRequest. */
            interface $Properties {

                /** CreateTopicsRequest topics */
                topics?: tidelog.v1.NewTopic.$Properties[];

                /** CreateTopicsRequest validateOnly */
                validateOnly?: boolean;

                /** CreateTopicsRequest timeoutMs */
                timeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateTopicsRequest. */
            type $Shape = tidelog.v1.CreateTopicsRequest.$Properties;
        }

        /**
         * Properties of a NewTopic.
         * @deprecated Use tidelog.v1.NewTopic.$Properties instead.
         */
        interface INewTopic extends tidelog.v1.NewTopic.$Properties {
        }

        /** Represents a NewTopic. */
        class NewTopic {

            /**
             * Constructs a new NewTopic.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.NewTopic.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NewTopic name. */
            name: string;

            /** 0: the broker's default. */
            partitionCount: number;

            /** 0: the broker's default. */
            replicationFactor: number;

            /** NewTopic configs. */
            configs: { [k: string]: string };

            /**
             * Encodes the specified NewTopic message. Does not implicitly {@link tidelog.v1.NewTopic.verify|verify} messages.
             * @param message NewTopic message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.NewTopic.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewTopic message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.NewTopic & tidelog.v1.NewTopic.$Shape} NewTopic
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.NewTopic & tidelog.v1.NewTopic.$Shape;
        }

        namespace NewTopic {

            /** Properties of a NewTopic. */
            interface $Properties {

                /** NewTopic name */
                name?: string;

                /** 0: the broker's default. */
                partitionCount?: number;

                /** 0: the broker's default. */
                replicationFactor?: number;

                /** NewTopic configs */
                configs?: { [k: string]: string };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NewTopic. */
            type $Shape = tidelog.v1.NewTopic.$Properties;
        }

        /**
         * Properties of a CreateTopicsResponse.
         * @deprecated Use tidelog.v1.CreateTopicsResponse.$Properties instead.
         */
        interface ICreateTopicsResponse extends tidelog.v1.CreateTopicsResponse.$Properties {
        }

        /** Represents a CreateTopicsResponse. */
        class CreateTopicsResponse {

            /**
             * Constructs a new CreateTopicsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CreateTopicsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateTopicsResponse topics. */
            topics: tidelog.v1.CreateTopicResult[];

            /**
             * Encodes the specified CreateTopicsResponse message. Does not implicitly {@link tidelog.v1.CreateTopicsResponse.verify|verify} messages.
             * @param message CreateTopicsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CreateTopicsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicsResponse & tidelog.v1.CreateTopicsResponse.$Shape} CreateTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CreateTopicsResponse & tidelog.v1.CreateTopicsResponse.$Shape;
        }

        namespace CreateTopicsResponse {

            /** Properties of a CreateTopicsResponse. */
            interface $Properties {

                /** CreateTopicsResponse topics */
                topics?: tidelog.v1.CreateTopicResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateTopicsResponse. */
            type $Shape = tidelog.v1.CreateTopicsResponse.$Properties;
        }

        /**
         * Properties of a CreateTopicResult.
         * @deprecated Use tidelog.v1.CreateTopicResult.$Properties instead.
         */
        interface ICreateTopicResult extends tidelog.v1.CreateTopicResult.$Properties {
        }

        /** Represents a CreateTopicResult. */
        class CreateTopicResult {

            /**
             * Constructs a new CreateTopicResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CreateTopicResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateTopicResult name. */
            name: string;

            /** CreateTopicResult errorCode. */
            errorCode: number;

            /** CreateTopicResult errorMessage. */
            errorMessage: string;

            /** CreateTopicResult topicId. */
            topicId: Buffer;

            /** CreateTopicResult partitionCount. */
            partitionCount: number;

            /** CreateTopicResult replicationFactor. */
            replicationFactor: number;

            /**
             * Encodes the specified CreateTopicResult message. Does not implicitly {@link tidelog.v1.CreateTopicResult.verify|verify} messages.
             * @param message CreateTopicResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CreateTopicResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateTopicResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CreateTopicResult & tidelog.v1.CreateTopicResult.$Shape} CreateTopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CreateTopicResult & tidelog.v1.CreateTopicResult.$Shape;
        }

        namespace CreateTopicResult {

            /** Properties of a CreateTopicResult. */
            interface $Properties {

                /** CreateTopicResult name */
                name?: string;

                /** CreateTopicResult errorCode */
                errorCode?: number;

                /** CreateTopicResult errorMessage */
                errorMessage?: string;

                /** CreateTopicResult topicId */
                topicId?: Uint8Array;

                /** CreateTopicResult partitionCount */
                partitionCount?: number;

                /** CreateTopicResult replicationFactor */
                replicationFactor?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateTopicResult. */
            type $Shape = tidelog.v1.CreateTopicResult.$Properties;
        }

        /**
         * Properties of a DeleteTopicsRequest.
         * @deprecated Use tidelog.v1.DeleteTopicsRequest.$Properties instead.
         */
        interface IDeleteTopicsRequest extends tidelog.v1.DeleteTopicsRequest.$Properties {
        }

        /** Represents a DeleteTopicsRequest. */
        class DeleteTopicsRequest {

            /**
             * Constructs a new DeleteTopicsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteTopicsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteTopicsRequest names. */
            names: string[];

            /** DeleteTopicsRequest topicIds. */
            topicIds: Buffer[];

            /** DeleteTopicsRequest timeoutMs. */
            timeoutMs: number;

            /**
             * Encodes the specified DeleteTopicsRequest message. Does not implicitly {@link tidelog.v1.DeleteTopicsRequest.verify|verify} messages.
             * @param message DeleteTopicsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteTopicsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteTopicsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteTopicsRequest & tidelog.v1.DeleteTopicsRequest.$Shape} DeleteTopicsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteTopicsRequest & tidelog.v1.DeleteTopicsRequest.$Shape;
        }

        namespace DeleteTopicsRequest {

            /** Properties of a DeleteTopicsRequest. */
            interface $Properties {

                /** DeleteTopicsRequest names */
                names?: string[];

                /** DeleteTopicsRequest topicIds */
                topicIds?: Uint8Array[];

                /** DeleteTopicsRequest timeoutMs */
                timeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteTopicsRequest. */
            type $Shape = tidelog.v1.DeleteTopicsRequest.$Properties;
        }

        /**
         * Properties of a DeleteTopicsResponse.
         * @deprecated Use tidelog.v1.DeleteTopicsResponse.$Properties instead.
         */
        interface IDeleteTopicsResponse extends tidelog.v1.DeleteTopicsResponse.$Properties {
        }

        /** Represents a DeleteTopicsResponse. */
        class DeleteTopicsResponse {

            /**
             * Constructs a new DeleteTopicsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteTopicsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteTopicsResponse topics. */
            topics: tidelog.v1.TopicResult[];

            /**
             * Encodes the specified DeleteTopicsResponse message. Does not implicitly {@link tidelog.v1.DeleteTopicsResponse.verify|verify} messages.
             * @param message DeleteTopicsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteTopicsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteTopicsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteTopicsResponse & tidelog.v1.DeleteTopicsResponse.$Shape} DeleteTopicsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteTopicsResponse & tidelog.v1.DeleteTopicsResponse.$Shape;
        }

        namespace DeleteTopicsResponse {

            /** Properties of a DeleteTopicsResponse. */
            interface $Properties {

                /** DeleteTopicsResponse topics */
                topics?: tidelog.v1.TopicResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteTopicsResponse. */
            type $Shape = tidelog.v1.DeleteTopicsResponse.$Properties;
        }

        /**
         * Properties of a TopicResult.
         * @deprecated Use tidelog.v1.TopicResult.$Properties instead.
         */
        interface ITopicResult extends tidelog.v1.TopicResult.$Properties {
        }

        /** Represents a TopicResult. */
        class TopicResult {

            /**
             * Constructs a new TopicResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.TopicResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopicResult name. */
            name: string;

            /** TopicResult topicId. */
            topicId: Buffer;

            /** TopicResult errorCode. */
            errorCode: number;

            /** TopicResult errorMessage. */
            errorMessage: string;

            /**
             * Encodes the specified TopicResult message. Does not implicitly {@link tidelog.v1.TopicResult.verify|verify} messages.
             * @param message TopicResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.TopicResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicResult & tidelog.v1.TopicResult.$Shape} TopicResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.TopicResult & tidelog.v1.TopicResult.$Shape;
        }

        namespace TopicResult {

            /** Properties of a TopicResult. */
            interface $Properties {

                /** TopicResult name */
                name?: string;

                /** TopicResult topicId */
                topicId?: Uint8Array;

                /** TopicResult errorCode */
                errorCode?: number;

                /** TopicResult errorMessage */
                errorMessage?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopicResult. */
            type $Shape = tidelog.v1.TopicResult.$Properties;
        }

        /**
         * Properties of a CreatePartitionsRequest.
         * @deprecated Use tidelog.v1.CreatePartitionsRequest.$Properties instead.
         */
        interface ICreatePartitionsRequest extends tidelog.v1.CreatePartitionsRequest.$Properties {
        }

        /** Represents a CreatePartitionsRequest. */
        class CreatePartitionsRequest {

            /**
             * Constructs a new CreatePartitionsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CreatePartitionsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreatePartitionsRequest topics. */
            topics: tidelog.v1.NewPartitions[];

            /** CreatePartitionsRequest validateOnly. */
            validateOnly: boolean;

            /** CreatePartitionsRequest timeoutMs. */
            timeoutMs: number;

            /**
             * Encodes the specified CreatePartitionsRequest message. Does not implicitly {@link tidelog.v1.CreatePartitionsRequest.verify|verify} messages.
             * @param message CreatePartitionsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CreatePartitionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreatePartitionsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CreatePartitionsRequest & tidelog.v1.CreatePartitionsRequest.$Shape} CreatePartitionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CreatePartitionsRequest & tidelog.v1.CreatePartitionsRequest.$Shape;
        }

        namespace CreatePartitionsRequest {

            /** Properties of a CreatePartitionsRequest. */
            interface $Properties {

                /** CreatePartitionsRequest topics */
                topics?: tidelog.v1.NewPartitions.$Properties[];

                /** CreatePartitionsRequest validateOnly */
                validateOnly?: boolean;

                /** CreatePartitionsRequest timeoutMs */
                timeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreatePartitionsRequest. */
            type $Shape = tidelog.v1.CreatePartitionsRequest.$Properties;
        }

        /**
         * Properties of a NewPartitions.
         * @deprecated Use tidelog.v1.NewPartitions.$Properties instead.
         */
        interface INewPartitions extends tidelog.v1.NewPartitions.$Properties {
        }

        /** Represents a NewPartitions. */
        class NewPartitions {

            /**
             * Constructs a new NewPartitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.NewPartitions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NewPartitions name. */
            name: string;

            /** The count after the change. */
            totalCount: number;

            /**
             * Encodes the specified NewPartitions message. Does not implicitly {@link tidelog.v1.NewPartitions.verify|verify} messages.
             * @param message NewPartitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.NewPartitions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NewPartitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.NewPartitions & tidelog.v1.NewPartitions.$Shape} NewPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.NewPartitions & tidelog.v1.NewPartitions.$Shape;
        }

        namespace NewPartitions {

            /** Properties of a NewPartitions. */
            interface $Properties {

                /** NewPartitions name */
                name?: string;

                /** The count after the change. */
                totalCount?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NewPartitions. */
            type $Shape = tidelog.v1.NewPartitions.$Properties;
        }

        /**
         * Properties of a CreatePartitionsResponse.
         * @deprecated Use tidelog.v1.CreatePartitionsResponse.$Properties instead.
         */
        interface ICreatePartitionsResponse extends tidelog.v1.CreatePartitionsResponse.$Properties {
        }

        /** Represents a CreatePartitionsResponse. */
        class CreatePartitionsResponse {

            /**
             * Constructs a new CreatePartitionsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CreatePartitionsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreatePartitionsResponse topics. */
            topics: tidelog.v1.TopicResult[];

            /**
             * Encodes the specified CreatePartitionsResponse message. Does not implicitly {@link tidelog.v1.CreatePartitionsResponse.verify|verify} messages.
             * @param message CreatePartitionsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CreatePartitionsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreatePartitionsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CreatePartitionsResponse & tidelog.v1.CreatePartitionsResponse.$Shape} CreatePartitionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CreatePartitionsResponse & tidelog.v1.CreatePartitionsResponse.$Shape;
        }

        namespace CreatePartitionsResponse {

            /** Properties of a CreatePartitionsResponse. */
            interface $Properties {

                /** CreatePartitionsResponse topics */
                topics?: tidelog.v1.TopicResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreatePartitionsResponse. */
            type $Shape = tidelog.v1.CreatePartitionsResponse.$Properties;
        }

        /** ConfigResourceType enum. */
        enum ConfigResourceType {

            /** CONFIG_RESOURCE_UNSPECIFIED value */
            CONFIG_RESOURCE_UNSPECIFIED = 0,

            /** TOPIC value */
            TOPIC = 2,

            /** BROKER value */
            BROKER = 4
        }

        /**
         * Properties of a DescribeConfigsRequest.
         * @deprecated Use tidelog.v1.DescribeConfigsRequest.$Properties instead.
         */
        interface IDescribeConfigsRequest extends tidelog.v1.DescribeConfigsRequest.$Properties {
        }

        /** Represents a DescribeConfigsRequest. */
        class DescribeConfigsRequest {

            /**
             * Constructs a new DescribeConfigsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeConfigsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeConfigsRequest resources. */
            resources: tidelog.v1.ConfigResource[];

            /**
             * Encodes the specified DescribeConfigsRequest message. Does not implicitly {@link tidelog.v1.DescribeConfigsRequest.verify|verify} messages.
             * @param message DescribeConfigsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeConfigsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeConfigsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeConfigsRequest & tidelog.v1.DescribeConfigsRequest.$Shape} DescribeConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeConfigsRequest & tidelog.v1.DescribeConfigsRequest.$Shape;
        }

        namespace DescribeConfigsRequest {

            /** Properties of a DescribeConfigsRequest. */
            interface $Properties {

                /** DescribeConfigsRequest resources */
                resources?: tidelog.v1.ConfigResource.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeConfigsRequest. */
            type $Shape = tidelog.v1.DescribeConfigsRequest.$Properties;
        }

        /**
         * Properties of a ConfigResource.
         * @deprecated Use tidelog.v1.ConfigResource.$Properties instead.
         */
        interface IConfigResource extends tidelog.v1.ConfigResource.$Properties {
        }

        /** Represents a ConfigResource. */
        class ConfigResource {

            /**
             * Constructs a new ConfigResource.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConfigResource.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConfigResource type. */
            type: tidelog.v1.ConfigResourceType;

            /** A topic's name, or a broker's id in decimal digits. */
            name: string;

            /** Empty: all. */
            configNames: string[];

            /**
             * Encodes the specified ConfigResource message. Does not implicitly {@link tidelog.v1.ConfigResource.verify|verify} messages.
             * @param message ConfigResource message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConfigResource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigResource message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigResource & tidelog.v1.ConfigResource.$Shape} ConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConfigResource & tidelog.v1.ConfigResource.$Shape;
        }

        namespace ConfigResource {

            /** Properties of a ConfigResource. */
            interface $Properties {

                /** ConfigResource type */
                type?: tidelog.v1.ConfigResourceType;

                /** A topic's name, or a broker's id in decimal digits. */
                name?: string;

                /** Empty: all. */
                configNames?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConfigResource. */
            type $Shape = tidelog.v1.ConfigResource.$Properties;
        }

        /**
         * Properties of a DescribeConfigsResponse.
         * @deprecated Use tidelog.v1.DescribeConfigsResponse.$Properties instead.
         */
        interface IDescribeConfigsResponse extends tidelog.v1.DescribeConfigsResponse.$Properties {
        }

        /** Represents a DescribeConfigsResponse. */
        class DescribeConfigsResponse {

            /**
             * Constructs a new DescribeConfigsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeConfigsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeConfigsResponse resources. */
            resources: tidelog.v1.ConfigResourceResult[];

            /**
             * Encodes the specified DescribeConfigsResponse message. Does not implicitly {@link tidelog.v1.DescribeConfigsResponse.verify|verify} messages.
             * @param message DescribeConfigsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeConfigsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeConfigsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeConfigsResponse & tidelog.v1.DescribeConfigsResponse.$Shape} DescribeConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeConfigsResponse & tidelog.v1.DescribeConfigsResponse.$Shape;
        }

        namespace DescribeConfigsResponse {

            /** Properties of a DescribeConfigsResponse. */
            interface $Properties {

                /** DescribeConfigsResponse resources */
                resources?: tidelog.v1.ConfigResourceResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeConfigsResponse. */
            type $Shape = tidelog.v1.DescribeConfigsResponse.$Properties;
        }

        /**
         * Properties of a ConfigResourceResult.
         * @deprecated Use tidelog.v1.ConfigResourceResult.$Properties instead.
         */
        interface IConfigResourceResult extends tidelog.v1.ConfigResourceResult.$Properties {
        }

        /** Represents a ConfigResourceResult. */
        class ConfigResourceResult {

            /**
             * Constructs a new ConfigResourceResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConfigResourceResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConfigResourceResult type. */
            type: tidelog.v1.ConfigResourceType;

            /** ConfigResourceResult name. */
            name: string;

            /** ConfigResourceResult errorCode. */
            errorCode: number;

            /** ConfigResourceResult errorMessage. */
            errorMessage: string;

            /** ConfigResourceResult entries. */
            entries: tidelog.v1.ConfigEntry[];

            /**
             * Encodes the specified ConfigResourceResult message. Does not implicitly {@link tidelog.v1.ConfigResourceResult.verify|verify} messages.
             * @param message ConfigResourceResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConfigResourceResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigResourceResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigResourceResult & tidelog.v1.ConfigResourceResult.$Shape} ConfigResourceResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConfigResourceResult & tidelog.v1.ConfigResourceResult.$Shape;
        }

        namespace ConfigResourceResult {

            /** Properties of a ConfigResourceResult. */
            interface $Properties {

                /** ConfigResourceResult type */
                type?: tidelog.v1.ConfigResourceType;

                /** ConfigResourceResult name */
                name?: string;

                /** ConfigResourceResult errorCode */
                errorCode?: number;

                /** ConfigResourceResult errorMessage */
                errorMessage?: string;

                /** ConfigResourceResult entries */
                entries?: tidelog.v1.ConfigEntry.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConfigResourceResult. */
            type $Shape = tidelog.v1.ConfigResourceResult.$Properties;
        }

        /** ConfigSource enum. */
        enum ConfigSource {

            /** CONFIG_SOURCE_UNSPECIFIED value */
            CONFIG_SOURCE_UNSPECIFIED = 0,

            /** TOPIC_CONFIG value */
            TOPIC_CONFIG = 1,

            /** BROKER_CONFIG value */
            BROKER_CONFIG = 4,

            /** DEFAULT_CONFIG value */
            DEFAULT_CONFIG = 5
        }

        /**
         * Properties of a ConfigEntry.
         * @deprecated Use tidelog.v1.ConfigEntry.$Properties instead.
         */
        interface IConfigEntry extends tidelog.v1.ConfigEntry.$Properties {
        }

        /** Represents a ConfigEntry. */
        class ConfigEntry {

            /**
             * Constructs a new ConfigEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConfigEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConfigEntry name. */
            name: string;

            /** ConfigEntry value. */
            value: string;

            /** ConfigEntry source. */
            source: tidelog.v1.ConfigSource;

            /** ConfigEntry readOnly. */
            readOnly: boolean;

            /** ConfigEntry documentation. */
            documentation: string;

            /**
             * Encodes the specified ConfigEntry message. Does not implicitly {@link tidelog.v1.ConfigEntry.verify|verify} messages.
             * @param message ConfigEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConfigEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConfigEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConfigEntry & tidelog.v1.ConfigEntry.$Shape} ConfigEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConfigEntry & tidelog.v1.ConfigEntry.$Shape;
        }

        namespace ConfigEntry {

            /** Properties of a ConfigEntry. */
            interface $Properties {

                /** ConfigEntry name */
                name?: string;

                /** ConfigEntry value */
                value?: string;

                /** ConfigEntry source */
                source?: tidelog.v1.ConfigSource;

                /** ConfigEntry readOnly */
                readOnly?: boolean;

                /** ConfigEntry documentation */
                documentation?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConfigEntry. */
            type $Shape = tidelog.v1.ConfigEntry.$Properties;
        }

        /** AlterConfigOperation enum. */
        enum AlterConfigOperation {

            /** SET value */
            SET = 0,

            /** DELETE value */
            DELETE = 1,

            /** APPEND value */
            APPEND = 2,

            /** SUBTRACT value */
            SUBTRACT = 3
        }

        /**
         * Properties of an AlterConfigsRequest.
         * @deprecated Use tidelog.v1.AlterConfigsRequest.$Properties instead.
         */
        interface IAlterConfigsRequest extends tidelog.v1.AlterConfigsRequest.$Properties {
        }

        /** Represents an AlterConfigsRequest. */
        class AlterConfigsRequest {

            /**
             * Constructs a new AlterConfigsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.AlterConfigsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AlterConfigsRequest resources. */
            resources: tidelog.v1.AlterConfigResource[];

            /** AlterConfigsRequest validateOnly. */
            validateOnly: boolean;

            /**
             * Encodes the specified AlterConfigsRequest message. Does not implicitly {@link tidelog.v1.AlterConfigsRequest.verify|verify} messages.
             * @param message AlterConfigsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.AlterConfigsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigsRequest & tidelog.v1.AlterConfigsRequest.$Shape} AlterConfigsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.AlterConfigsRequest & tidelog.v1.AlterConfigsRequest.$Shape;
        }

        namespace AlterConfigsRequest {

            /** Properties of an AlterConfigsRequest. */
            interface $Properties {

                /** AlterConfigsRequest resources */
                resources?: tidelog.v1.AlterConfigResource.$Properties[];

                /** AlterConfigsRequest validateOnly */
                validateOnly?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AlterConfigsRequest. */
            type $Shape = tidelog.v1.AlterConfigsRequest.$Properties;
        }

        /**
         * Properties of an AlterConfigResource.
         * @deprecated Use tidelog.v1.AlterConfigResource.$Properties instead.
         */
        interface IAlterConfigResource extends tidelog.v1.AlterConfigResource.$Properties {
        }

        /** Represents an AlterConfigResource. */
        class AlterConfigResource {

            /**
             * Constructs a new AlterConfigResource.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.AlterConfigResource.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AlterConfigResource type. */
            type: tidelog.v1.ConfigResourceType;

            /** AlterConfigResource name. */
            name: string;

            /** AlterConfigResource configs. */
            configs: tidelog.v1.AlterConfig[];

            /**
             * Encodes the specified AlterConfigResource message. Does not implicitly {@link tidelog.v1.AlterConfigResource.verify|verify} messages.
             * @param message AlterConfigResource message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.AlterConfigResource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigResource message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigResource & tidelog.v1.AlterConfigResource.$Shape} AlterConfigResource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.AlterConfigResource & tidelog.v1.AlterConfigResource.$Shape;
        }

        namespace AlterConfigResource {

            /** Properties of an AlterConfigResource. */
            interface $Properties {

                /** AlterConfigResource type */
                type?: tidelog.v1.ConfigResourceType;

                /** AlterConfigResource name */
                name?: string;

                /** AlterConfigResource configs */
                configs?: tidelog.v1.AlterConfig.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AlterConfigResource. */
            type $Shape = tidelog.v1.AlterConfigResource.$Properties;
        }

        /**
         * Properties of an AlterConfig.
         * @deprecated Use tidelog.v1.AlterConfig.$Properties instead.
         */
        interface IAlterConfig extends tidelog.v1.AlterConfig.$Properties {
        }

        /** Represents an AlterConfig. */
        class AlterConfig {

            /**
             * Constructs a new AlterConfig.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.AlterConfig.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AlterConfig name. */
            name: string;

            /** AlterConfig operation. */
            operation: tidelog.v1.AlterConfigOperation;

            /** AlterConfig value. */
            value: string;

            /**
             * Encodes the specified AlterConfig message. Does not implicitly {@link tidelog.v1.AlterConfig.verify|verify} messages.
             * @param message AlterConfig message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.AlterConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfig message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfig & tidelog.v1.AlterConfig.$Shape} AlterConfig
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.AlterConfig & tidelog.v1.AlterConfig.$Shape;
        }

        namespace AlterConfig {

            /** Properties of an AlterConfig. */
            interface $Properties {

                /** AlterConfig name */
                name?: string;

                /** AlterConfig operation */
                operation?: tidelog.v1.AlterConfigOperation;

                /** AlterConfig value */
                value?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AlterConfig. */
            type $Shape = tidelog.v1.AlterConfig.$Properties;
        }

        /**
         * Properties of an AlterConfigsResponse.
         * @deprecated Use tidelog.v1.AlterConfigsResponse.$Properties instead.
         */
        interface IAlterConfigsResponse extends tidelog.v1.AlterConfigsResponse.$Properties {
        }

        /** Represents an AlterConfigsResponse. */
        class AlterConfigsResponse {

            /**
             * Constructs a new AlterConfigsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.AlterConfigsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AlterConfigsResponse resources. */
            resources: tidelog.v1.ConfigResourceResult[];

            /**
             * Encodes the specified AlterConfigsResponse message. Does not implicitly {@link tidelog.v1.AlterConfigsResponse.verify|verify} messages.
             * @param message AlterConfigsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.AlterConfigsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AlterConfigsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.AlterConfigsResponse & tidelog.v1.AlterConfigsResponse.$Shape} AlterConfigsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.AlterConfigsResponse & tidelog.v1.AlterConfigsResponse.$Shape;
        }

        namespace AlterConfigsResponse {

            /** Properties of an AlterConfigsResponse. */
            interface $Properties {

                /** AlterConfigsResponse resources */
                resources?: tidelog.v1.ConfigResourceResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AlterConfigsResponse. */
            type $Shape = tidelog.v1.AlterConfigsResponse.$Properties;
        }

        /**
         * Properties of a DeleteRecordsRequest.
         * @deprecated Use tidelog.v1.DeleteRecordsRequest.$Properties instead.
         */
        interface IDeleteRecordsRequest extends tidelog.v1.DeleteRecordsRequest.$Properties {
        }

        /** Represents a DeleteRecordsRequest. */
        class DeleteRecordsRequest {

            /**
             * Constructs a new DeleteRecordsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteRecordsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteRecordsRequest partitions. */
            partitions: tidelog.v1.DeleteRecordsPartition[];

            /** DeleteRecordsRequest timeoutMs. */
            timeoutMs: number;

            /**
             * Encodes the specified DeleteRecordsRequest message. Does not implicitly {@link tidelog.v1.DeleteRecordsRequest.verify|verify} messages.
             * @param message DeleteRecordsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteRecordsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsRequest & tidelog.v1.DeleteRecordsRequest.$Shape} DeleteRecordsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteRecordsRequest & tidelog.v1.DeleteRecordsRequest.$Shape;
        }

        namespace DeleteRecordsRequest {

            /** Properties of a DeleteRecordsRequest. */
            interface $Properties {

                /** DeleteRecordsRequest partitions */
                partitions?: tidelog.v1.DeleteRecordsPartition.$Properties[];

                /** DeleteRecordsRequest timeoutMs */
                timeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteRecordsRequest. */
            type $Shape = tidelog.v1.DeleteRecordsRequest.$Properties;
        }

        /**
         * Properties of a DeleteRecordsPartition.
         * @deprecated Use tidelog.v1.DeleteRecordsPartition.$Properties instead.
         */
        interface IDeleteRecordsPartition extends tidelog.v1.DeleteRecordsPartition.$Properties {
        }

        /** Represents a DeleteRecordsPartition. */
        class DeleteRecordsPartition {

            /**
             * Constructs a new DeleteRecordsPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteRecordsPartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteRecordsPartition topicId. */
            topicId: Buffer;

            /** DeleteRecordsPartition partition. */
            partition: number;

            /** Records below this offset go; -1 means all up to the high watermark. */
            beforeOffset: Long;

            /**
             * Encodes the specified DeleteRecordsPartition message. Does not implicitly {@link tidelog.v1.DeleteRecordsPartition.verify|verify} messages.
             * @param message DeleteRecordsPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteRecordsPartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsPartition & tidelog.v1.DeleteRecordsPartition.$Shape} DeleteRecordsPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteRecordsPartition & tidelog.v1.DeleteRecordsPartition.$Shape;
        }

        namespace DeleteRecordsPartition {

            /** Properties of a DeleteRecordsPartition. */
            interface $Properties {

                /** DeleteRecordsPartition topicId */
                topicId?: Uint8Array;

                /** DeleteRecordsPartition partition */
                partition?: number;

                /** Records below this offset go; -1 means all up to the high watermark. */
                beforeOffset?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteRecordsPartition. */
            type $Shape = tidelog.v1.DeleteRecordsPartition.$Properties;
        }

        /**
         * Properties of a DeleteRecordsResponse.
         * @deprecated Use tidelog.v1.DeleteRecordsResponse.$Properties instead.
         */
        interface IDeleteRecordsResponse extends tidelog.v1.DeleteRecordsResponse.$Properties {
        }

        /** Represents a DeleteRecordsResponse. */
        class DeleteRecordsResponse {

            /**
             * Constructs a new DeleteRecordsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteRecordsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteRecordsResponse partitions. */
            partitions: tidelog.v1.DeleteRecordsResult[];

            /**
             * Encodes the specified DeleteRecordsResponse message. Does not implicitly {@link tidelog.v1.DeleteRecordsResponse.verify|verify} messages.
             * @param message DeleteRecordsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteRecordsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsResponse & tidelog.v1.DeleteRecordsResponse.$Shape} DeleteRecordsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteRecordsResponse & tidelog.v1.DeleteRecordsResponse.$Shape;
        }

        namespace DeleteRecordsResponse {

            /** Properties of a DeleteRecordsResponse. */
            interface $Properties {

                /** DeleteRecordsResponse partitions */
                partitions?: tidelog.v1.DeleteRecordsResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteRecordsResponse. */
            type $Shape = tidelog.v1.DeleteRecordsResponse.$Properties;
        }

        /**
         * Properties of a DeleteRecordsResult.
         * @deprecated Use tidelog.v1.DeleteRecordsResult.$Properties instead.
         */
        interface IDeleteRecordsResult extends tidelog.v1.DeleteRecordsResult.$Properties {
        }

        /** Represents a DeleteRecordsResult. */
        class DeleteRecordsResult {

            /**
             * Constructs a new DeleteRecordsResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteRecordsResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteRecordsResult topicId. */
            topicId: Buffer;

            /** DeleteRecordsResult partition. */
            partition: number;

            /** DeleteRecordsResult errorCode. */
            errorCode: number;

            /** DeleteRecordsResult errorMessage. */
            errorMessage: string;

            /** DeleteRecordsResult logStartOffset. */
            logStartOffset: Long;

            /**
             * Encodes the specified DeleteRecordsResult message. Does not implicitly {@link tidelog.v1.DeleteRecordsResult.verify|verify} messages.
             * @param message DeleteRecordsResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteRecordsResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteRecordsResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteRecordsResult & tidelog.v1.DeleteRecordsResult.$Shape} DeleteRecordsResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteRecordsResult & tidelog.v1.DeleteRecordsResult.$Shape;
        }

        namespace DeleteRecordsResult {

            /** Properties of a DeleteRecordsResult. */
            interface $Properties {

                /** DeleteRecordsResult topicId */
                topicId?: Uint8Array;

                /** DeleteRecordsResult partition */
                partition?: number;

                /** DeleteRecordsResult errorCode */
                errorCode?: number;

                /** DeleteRecordsResult errorMessage */
                errorMessage?: string;

                /** DeleteRecordsResult logStartOffset */
                logStartOffset?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteRecordsResult. */
            type $Shape = tidelog.v1.DeleteRecordsResult.$Properties;
        }

        /**
         * Properties of a FindCoordinatorRequest.
         * @deprecated Use tidelog.v1.FindCoordinatorRequest.$Properties instead.
         */
        interface IFindCoordinatorRequest extends tidelog.v1.FindCoordinatorRequest.$Properties {
        }

        /** Represents a FindCoordinatorRequest. */
        class FindCoordinatorRequest {

            /**
             * Constructs a new FindCoordinatorRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FindCoordinatorRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FindCoordinatorRequest groupIds. */
            groupIds: string[];

            /**
             * Encodes the specified FindCoordinatorRequest message. Does not implicitly {@link tidelog.v1.FindCoordinatorRequest.verify|verify} messages.
             * @param message FindCoordinatorRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FindCoordinatorRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FindCoordinatorRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FindCoordinatorRequest & tidelog.v1.FindCoordinatorRequest.$Shape} FindCoordinatorRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FindCoordinatorRequest & tidelog.v1.FindCoordinatorRequest.$Shape;
        }

        namespace FindCoordinatorRequest {

            /** Properties of a FindCoordinatorRequest. */
            interface $Properties {

                /** FindCoordinatorRequest groupIds */
                groupIds?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FindCoordinatorRequest. */
            type $Shape = tidelog.v1.FindCoordinatorRequest.$Properties;
        }

        /**
         * Properties of a FindCoordinatorResponse.
         * @deprecated Use tidelog.v1.FindCoordinatorResponse.$Properties instead.
         */
        interface IFindCoordinatorResponse extends tidelog.v1.FindCoordinatorResponse.$Properties {
        }

        /** Represents a FindCoordinatorResponse. */
        class FindCoordinatorResponse {

            /**
             * Constructs a new FindCoordinatorResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.FindCoordinatorResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            coordinators: tidelog.v1.Coordinator[];

            /**
             * Encodes the specified FindCoordinatorResponse message. Does not implicitly {@link tidelog.v1.FindCoordinatorResponse.verify|verify} messages.
             * @param message FindCoordinatorResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.FindCoordinatorResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FindCoordinatorResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.FindCoordinatorResponse & tidelog.v1.FindCoordinatorResponse.$Shape} FindCoordinatorResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.FindCoordinatorResponse & tidelog.v1.FindCoordinatorResponse.$Shape;
        }

        namespace FindCoordinatorResponse {

            /** Properties of a FindCoordinatorResponse. */
            interface $Properties {

                /** In the order of the request. */
                coordinators?: tidelog.v1.Coordinator.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FindCoordinatorResponse. */
            type $Shape = tidelog.v1.FindCoordinatorResponse.$Properties;
        }

        /**
         * Properties of a Coordinator.
         * @deprecated Use tidelog.v1.Coordinator.$Properties instead.
         */
        interface ICoordinator extends tidelog.v1.Coordinator.$Properties {
        }

        /** Represents a Coordinator. */
        class Coordinator {

            /**
             * Constructs a new Coordinator.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.Coordinator.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Coordinator groupId. */
            groupId: string;

            /** Coordinator errorCode. */
            errorCode: number;

            /** Coordinator errorMessage. */
            errorMessage: string;

            /** -1 with an error, as the address is empty then. */
            brokerId: number;

            /** Coordinator host. */
            host: string;

            /** Coordinator port. */
            port: number;

            /**
             * Encodes the specified Coordinator message. Does not implicitly {@link tidelog.v1.Coordinator.verify|verify} messages.
             * @param message Coordinator message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.Coordinator.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Coordinator message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.Coordinator & tidelog.v1.Coordinator.$Shape} Coordinator
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.Coordinator & tidelog.v1.Coordinator.$Shape;
        }

        namespace Coordinator {

            /** Properties of a Coordinator. */
            interface $Properties {

                /** Coordinator groupId */
                groupId?: string;

                /** Coordinator errorCode */
                errorCode?: number;

                /** Coordinator errorMessage */
                errorMessage?: string;

                /** 1 with an error, as the address is empty then. */
                brokerId?: number;

                /** Coordinator host */
                host?: string;

                /** Coordinator port */
                port?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Coordinator. */
            type $Shape = tidelog.v1.Coordinator.$Properties;
        }

        /**
         * Properties of a ConsumerGroupHeartbeatRequest.
         * @deprecated Use tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties instead.
         */
        interface IConsumerGroupHeartbeatRequest extends tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties {
        }

        /**
         * One member's heartbeat (KIP-848): it joins with epoch 0, leaves with epoch -1 (-2: a static member that means to
         * come back), and otherwise says which epoch it is at. Fields that are left out have not changed since the last
         * answered heartbeat; a member that joins gives all of them.
         */
        class ConsumerGroupHeartbeatRequest {

            /**
             * Constructs a new ConsumerGroupHeartbeatRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConsumerGroupHeartbeatRequest groupId. */
            groupId: string;

            /** Made by the member, for its whole life: 16 random bytes in base64url. */
            memberId: string;

            /** ConsumerGroupHeartbeatRequest memberEpoch. */
            memberEpoch: number;

            /** Empty: a dynamic member. */
            instanceId: string;

            /** ConsumerGroupHeartbeatRequest rackId. */
            rackId: string;

            /** How long the member may take to give up partitions; 0: not changed. */
            rebalanceTimeoutMs: number;

            /** Absent: not changed. An empty list with a pattern absent subscribes to nothing. */
            subscribedTopicNames: tidelog.v1.NameList;

            /** Absent: not changed. Empty: no pattern. RE2 syntax; the whole topic name must match. */
            subscribedTopicPattern: (string|null);

            /** Empty: not changed, or the broker's default: "uniform" or "range". */
            serverAssignor: string;

            /** What the member owns now. Absent: not changed. */
            ownedPartitions: tidelog.v1.TopicPartitionList;

            /**
             * Encodes the specified ConsumerGroupHeartbeatRequest message. Does not implicitly {@link tidelog.v1.ConsumerGroupHeartbeatRequest.verify|verify} messages.
             * @param message ConsumerGroupHeartbeatRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumerGroupHeartbeatRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConsumerGroupHeartbeatRequest & tidelog.v1.ConsumerGroupHeartbeatRequest.$Shape} ConsumerGroupHeartbeatRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConsumerGroupHeartbeatRequest & tidelog.v1.ConsumerGroupHeartbeatRequest.$Shape;
        }

        namespace ConsumerGroupHeartbeatRequest {

            /** Properties of a ConsumerGroupHeartbeatRequest. */
            interface $Properties {

                /** ConsumerGroupHeartbeatRequest groupId */
                groupId?: string;

                /** Made by the member, for its whole life: 16 random bytes in base64url. */
                memberId?: string;

                /** ConsumerGroupHeartbeatRequest memberEpoch */
                memberEpoch?: number;

                /** Empty: a dynamic member. */
                instanceId?: string;

                /** ConsumerGroupHeartbeatRequest rackId */
                rackId?: string;

                /** How long the member may take to give up partitions; 0: not changed. */
                rebalanceTimeoutMs?: number;

                /** Absent: not changed. An empty list with a pattern absent subscribes to nothing. */
                subscribedTopicNames?: tidelog.v1.NameList.$Properties;

                /** Absent: not changed. Empty: no pattern. RE2 syntax; the whole topic name must match. */
                subscribedTopicPattern?: (string|null);

                /** Empty: not changed, or the broker's default: "uniform" or "range". */
                serverAssignor?: string;

                /** What the member owns now. Absent: not changed. */
                ownedPartitions?: tidelog.v1.TopicPartitionList.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConsumerGroupHeartbeatRequest. */
            type $Shape = tidelog.v1.ConsumerGroupHeartbeatRequest.$Properties;
        }

        /**
         * Properties of a NameList.
         * @deprecated Use tidelog.v1.NameList.$Properties instead.
         */
        interface INameList extends tidelog.v1.NameList.$Properties {
        }

        /** Represents a NameList. */
        class NameList {

            /**
             * Constructs a new NameList.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.NameList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NameList names. */
            names: string[];

            /**
             * Encodes the specified NameList message. Does not implicitly {@link tidelog.v1.NameList.verify|verify} messages.
             * @param message NameList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.NameList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NameList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.NameList & tidelog.v1.NameList.$Shape} NameList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.NameList & tidelog.v1.NameList.$Shape;
        }

        namespace NameList {

            /** Properties of a NameList. */
            interface $Properties {

                /** NameList names */
                names?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NameList. */
            type $Shape = tidelog.v1.NameList.$Properties;
        }

        /**
         * Properties of a TopicPartitionList.
         * @deprecated Use tidelog.v1.TopicPartitionList.$Properties instead.
         */
        interface ITopicPartitionList extends tidelog.v1.TopicPartitionList.$Properties {
        }

        /** Represents a TopicPartitionList. */
        class TopicPartitionList {

            /**
             * Constructs a new TopicPartitionList.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.TopicPartitionList.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopicPartitionList topics. */
            topics: tidelog.v1.TopicPartitions[];

            /**
             * Encodes the specified TopicPartitionList message. Does not implicitly {@link tidelog.v1.TopicPartitionList.verify|verify} messages.
             * @param message TopicPartitionList message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.TopicPartitionList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicPartitionList message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicPartitionList & tidelog.v1.TopicPartitionList.$Shape} TopicPartitionList
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.TopicPartitionList & tidelog.v1.TopicPartitionList.$Shape;
        }

        namespace TopicPartitionList {

            /** Properties of a TopicPartitionList. */
            interface $Properties {

                /** TopicPartitionList topics */
                topics?: tidelog.v1.TopicPartitions.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopicPartitionList. */
            type $Shape = tidelog.v1.TopicPartitionList.$Properties;
        }

        /**
         * Properties of a TopicPartitions.
         * @deprecated Use tidelog.v1.TopicPartitions.$Properties instead.
         */
        interface ITopicPartitions extends tidelog.v1.TopicPartitions.$Properties {
        }

        /** Represents a TopicPartitions. */
        class TopicPartitions {

            /**
             * Constructs a new TopicPartitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.TopicPartitions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TopicPartitions topicId. */
            topicId: Buffer;

            /** TopicPartitions partitions. */
            partitions: number[];

            /**
             * Encodes the specified TopicPartitions message. Does not implicitly {@link tidelog.v1.TopicPartitions.verify|verify} messages.
             * @param message TopicPartitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.TopicPartitions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TopicPartitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.TopicPartitions & tidelog.v1.TopicPartitions.$Shape} TopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.TopicPartitions & tidelog.v1.TopicPartitions.$Shape;
        }

        namespace TopicPartitions {

            /** Properties of a TopicPartitions. */
            interface $Properties {

                /** TopicPartitions topicId */
                topicId?: Uint8Array;

                /** TopicPartitions partitions */
                partitions?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TopicPartitions. */
            type $Shape = tidelog.v1.TopicPartitions.$Properties;
        }

        /**
         * Properties of a ConsumerGroupHeartbeatResponse.
         * @deprecated Use tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties instead.
         */
        interface IConsumerGroupHeartbeatResponse extends tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties {
        }

        /** Represents a ConsumerGroupHeartbeatResponse. */
        class ConsumerGroupHeartbeatResponse {

            /**
             * Constructs a new ConsumerGroupHeartbeatResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConsumerGroupHeartbeatResponse memberId. */
            memberId: string;

            /** ConsumerGroupHeartbeatResponse memberEpoch. */
            memberEpoch: number;

            /** When the next heartbeat is due. */
            heartbeatIntervalMs: number;

            /** What the member may own from now on. Absent: not changed. */
            assignment: tidelog.v1.TopicPartitionList;

            /**
             * A member that is not heard of for this long loses its partitions. A member that gets no answer counts them as lost
             * itself, this long after it sent the last heartbeat that was answered. 0: not told.
             */
            sessionTimeoutMs: number;

            /**
             * Encodes the specified ConsumerGroupHeartbeatResponse message. Does not implicitly {@link tidelog.v1.ConsumerGroupHeartbeatResponse.verify|verify} messages.
             * @param message ConsumerGroupHeartbeatResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConsumerGroupHeartbeatResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConsumerGroupHeartbeatResponse & tidelog.v1.ConsumerGroupHeartbeatResponse.$Shape} ConsumerGroupHeartbeatResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConsumerGroupHeartbeatResponse & tidelog.v1.ConsumerGroupHeartbeatResponse.$Shape;
        }

        namespace ConsumerGroupHeartbeatResponse {

            /** Properties of a ConsumerGroupHeartbeatResponse. */
            interface $Properties {

                /** ConsumerGroupHeartbeatResponse memberId */
                memberId?: string;

                /** ConsumerGroupHeartbeatResponse memberEpoch */
                memberEpoch?: number;

                /** When the next heartbeat is due. */
                heartbeatIntervalMs?: number;

                /** What the member may own from now on. Absent: not changed. */
                assignment?: tidelog.v1.TopicPartitionList.$Properties;

                /**
                 * A member that is not heard of for this long loses its partitions. A member that gets no answer counts them as lost
                 * itself, this long after it sent the last heartbeat that was answered. 0: not told.
                 */
                sessionTimeoutMs?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConsumerGroupHeartbeatResponse. */
            type $Shape = tidelog.v1.ConsumerGroupHeartbeatResponse.$Properties;
        }

        /**
         * Properties of an OffsetCommitRequest.
         * @deprecated Use tidelog.v1.OffsetCommitRequest.$Properties instead.
         */
        interface IOffsetCommitRequest extends tidelog.v1.OffsetCommitRequest.$Properties {
        }

        /** Represents an OffsetCommitRequest. */
        class OffsetCommitRequest {

            /**
             * Constructs a new OffsetCommitRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetCommitRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetCommitRequest groupId. */
            groupId: string;

            /** Empty with the epoch -1: an administrator, who may commit for a group without members only. */
            memberId: string;

            /** OffsetCommitRequest memberEpoch. */
            memberEpoch: number;

            /** OffsetCommitRequest instanceId. */
            instanceId: string;

            /** OffsetCommitRequest partitions. */
            partitions: tidelog.v1.OffsetCommitPartition[];

            /**
             * Encodes the specified OffsetCommitRequest message. Does not implicitly {@link tidelog.v1.OffsetCommitRequest.verify|verify} messages.
             * @param message OffsetCommitRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetCommitRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetCommitRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitRequest & tidelog.v1.OffsetCommitRequest.$Shape} OffsetCommitRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetCommitRequest & tidelog.v1.OffsetCommitRequest.$Shape;
        }

        namespace OffsetCommitRequest {

            /** Properties of an OffsetCommitRequest. */
            interface $Properties {

                /** OffsetCommitRequest groupId */
                groupId?: string;

                /** Empty with the epoch -1: an administrator, who may commit for a group without members only. */
                memberId?: string;

                /** OffsetCommitRequest memberEpoch */
                memberEpoch?: number;

                /** OffsetCommitRequest instanceId */
                instanceId?: string;

                /** OffsetCommitRequest partitions */
                partitions?: tidelog.v1.OffsetCommitPartition.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetCommitRequest. */
            type $Shape = tidelog.v1.OffsetCommitRequest.$Properties;
        }

        /**
         * Properties of an OffsetCommitPartition.
         * @deprecated Use tidelog.v1.OffsetCommitPartition.$Properties instead.
         */
        interface IOffsetCommitPartition extends tidelog.v1.OffsetCommitPartition.$Properties {
        }

        /** Represents an OffsetCommitPartition. */
        class OffsetCommitPartition {

            /**
             * Constructs a new OffsetCommitPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetCommitPartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetCommitPartition topicId. */
            topicId: Buffer;

            /** OffsetCommitPartition partition. */
            partition: number;

            /** The next offset to be read. */
            committedOffset: Long;

            /** The epoch of the record before it, plus one; 0: unknown. */
            committedLeaderEpochPlusOne: number;

            /** OffsetCommitPartition metadata. */
            metadata: string;

            /**
             * Encodes the specified OffsetCommitPartition message. Does not implicitly {@link tidelog.v1.OffsetCommitPartition.verify|verify} messages.
             * @param message OffsetCommitPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetCommitPartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetCommitPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitPartition & tidelog.v1.OffsetCommitPartition.$Shape} OffsetCommitPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetCommitPartition & tidelog.v1.OffsetCommitPartition.$Shape;
        }

        namespace OffsetCommitPartition {

            /** Properties of an OffsetCommitPartition. */
            interface $Properties {

                /** OffsetCommitPartition topicId */
                topicId?: Uint8Array;

                /** OffsetCommitPartition partition */
                partition?: number;

                /** The next offset to be read. */
                committedOffset?: Long;

                /** The epoch of the record before it, plus one; 0: unknown. */
                committedLeaderEpochPlusOne?: number;

                /** OffsetCommitPartition metadata */
                metadata?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetCommitPartition. */
            type $Shape = tidelog.v1.OffsetCommitPartition.$Properties;
        }

        /**
         * Properties of an OffsetCommitResponse.
         * @deprecated Use tidelog.v1.OffsetCommitResponse.$Properties instead.
         */
        interface IOffsetCommitResponse extends tidelog.v1.OffsetCommitResponse.$Properties {
        }

        /** Represents an OffsetCommitResponse. */
        class OffsetCommitResponse {

            /**
             * Constructs a new OffsetCommitResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetCommitResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            partitions: tidelog.v1.OffsetCommitResult[];

            /**
             * Encodes the specified OffsetCommitResponse message. Does not implicitly {@link tidelog.v1.OffsetCommitResponse.verify|verify} messages.
             * @param message OffsetCommitResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetCommitResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetCommitResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitResponse & tidelog.v1.OffsetCommitResponse.$Shape} OffsetCommitResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetCommitResponse & tidelog.v1.OffsetCommitResponse.$Shape;
        }

        namespace OffsetCommitResponse {

            /** Properties of an OffsetCommitResponse. */
            interface $Properties {

                /** In the order of the request. */
                partitions?: tidelog.v1.OffsetCommitResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetCommitResponse. */
            type $Shape = tidelog.v1.OffsetCommitResponse.$Properties;
        }

        /**
         * Properties of an OffsetCommitResult.
         * @deprecated Use tidelog.v1.OffsetCommitResult.$Properties instead.
         */
        interface IOffsetCommitResult extends tidelog.v1.OffsetCommitResult.$Properties {
        }

        /** Represents an OffsetCommitResult. */
        class OffsetCommitResult {

            /**
             * Constructs a new OffsetCommitResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetCommitResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetCommitResult errorCode. */
            errorCode: number;

            /** OffsetCommitResult errorMessage. */
            errorMessage: string;

            /**
             * Encodes the specified OffsetCommitResult message. Does not implicitly {@link tidelog.v1.OffsetCommitResult.verify|verify} messages.
             * @param message OffsetCommitResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetCommitResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetCommitResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetCommitResult & tidelog.v1.OffsetCommitResult.$Shape} OffsetCommitResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetCommitResult & tidelog.v1.OffsetCommitResult.$Shape;
        }

        namespace OffsetCommitResult {

            /** Properties of an OffsetCommitResult. */
            interface $Properties {

                /** OffsetCommitResult errorCode */
                errorCode?: number;

                /** OffsetCommitResult errorMessage */
                errorMessage?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetCommitResult. */
            type $Shape = tidelog.v1.OffsetCommitResult.$Properties;
        }

        /**
         * Properties of an OffsetFetchRequest.
         * @deprecated Use tidelog.v1.OffsetFetchRequest.$Properties instead.
         */
        interface IOffsetFetchRequest extends tidelog.v1.OffsetFetchRequest.$Properties {
        }

        /** Represents an OffsetFetchRequest. */
        class OffsetFetchRequest {

            /**
             * Constructs a new OffsetFetchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetFetchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetFetchRequest groupId. */
            groupId: string;

            /** Empty: not as a member. Given, the epoch is checked. */
            memberId: string;

            /** OffsetFetchRequest memberEpoch. */
            memberEpoch: number;

            /** Every partition that the group has committed; then the list is ignored. */
            allPartitions: boolean;

            /** OffsetFetchRequest partitions. */
            partitions: tidelog.v1.OffsetFetchPartition[];

            /** Fails with UNSTABLE_OFFSET_COMMIT for partitions with offsets in an open transaction. */
            requireStable: boolean;

            /**
             * Encodes the specified OffsetFetchRequest message. Does not implicitly {@link tidelog.v1.OffsetFetchRequest.verify|verify} messages.
             * @param message OffsetFetchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetFetchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetFetchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchRequest & tidelog.v1.OffsetFetchRequest.$Shape} OffsetFetchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetFetchRequest & tidelog.v1.OffsetFetchRequest.$Shape;
        }

        namespace OffsetFetchRequest {

            /** Properties of an OffsetFetchRequest. */
            interface $Properties {

                /** OffsetFetchRequest groupId */
                groupId?: string;

                /** Empty: not as a member. Given, the epoch is checked. */
                memberId?: string;

                /** OffsetFetchRequest memberEpoch */
                memberEpoch?: number;

                /** Every partition that the group has committed; then the list is ignored. */
                allPartitions?: boolean;

                /** OffsetFetchRequest partitions */
                partitions?: tidelog.v1.OffsetFetchPartition.$Properties[];

                /** Fails with UNSTABLE_OFFSET_COMMIT for partitions with offsets in an open transaction. */
                requireStable?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetFetchRequest. */
            type $Shape = tidelog.v1.OffsetFetchRequest.$Properties;
        }

        /**
         * Properties of an OffsetFetchPartition.
         * @deprecated Use tidelog.v1.OffsetFetchPartition.$Properties instead.
         */
        interface IOffsetFetchPartition extends tidelog.v1.OffsetFetchPartition.$Properties {
        }

        /** Represents an OffsetFetchPartition. */
        class OffsetFetchPartition {

            /**
             * Constructs a new OffsetFetchPartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetFetchPartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetFetchPartition topicId. */
            topicId: Buffer;

            /** OffsetFetchPartition partition. */
            partition: number;

            /**
             * Encodes the specified OffsetFetchPartition message. Does not implicitly {@link tidelog.v1.OffsetFetchPartition.verify|verify} messages.
             * @param message OffsetFetchPartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetFetchPartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetFetchPartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchPartition & tidelog.v1.OffsetFetchPartition.$Shape} OffsetFetchPartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetFetchPartition & tidelog.v1.OffsetFetchPartition.$Shape;
        }

        namespace OffsetFetchPartition {

            /** Properties of an OffsetFetchPartition. */
            interface $Properties {

                /** OffsetFetchPartition topicId */
                topicId?: Uint8Array;

                /** OffsetFetchPartition partition */
                partition?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetFetchPartition. */
            type $Shape = tidelog.v1.OffsetFetchPartition.$Properties;
        }

        /**
         * Properties of an OffsetFetchResponse.
         * @deprecated Use tidelog.v1.OffsetFetchResponse.$Properties instead.
         */
        interface IOffsetFetchResponse extends tidelog.v1.OffsetFetchResponse.$Properties {
        }

        /** Represents an OffsetFetchResponse. */
        class OffsetFetchResponse {

            /**
             * Constructs a new OffsetFetchResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetFetchResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetFetchResponse partitions. */
            partitions: tidelog.v1.CommittedOffset[];

            /**
             * Encodes the specified OffsetFetchResponse message. Does not implicitly {@link tidelog.v1.OffsetFetchResponse.verify|verify} messages.
             * @param message OffsetFetchResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetFetchResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetFetchResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetFetchResponse & tidelog.v1.OffsetFetchResponse.$Shape} OffsetFetchResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetFetchResponse & tidelog.v1.OffsetFetchResponse.$Shape;
        }

        namespace OffsetFetchResponse {

            /** Properties of an OffsetFetchResponse. */
            interface $Properties {

                /** OffsetFetchResponse partitions */
                partitions?: tidelog.v1.CommittedOffset.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetFetchResponse. */
            type $Shape = tidelog.v1.OffsetFetchResponse.$Properties;
        }

        /**
         * Properties of a CommittedOffset.
         * @deprecated Use tidelog.v1.CommittedOffset.$Properties instead.
         */
        interface ICommittedOffset extends tidelog.v1.CommittedOffset.$Properties {
        }

        /** Represents a CommittedOffset. */
        class CommittedOffset {

            /**
             * Constructs a new CommittedOffset.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.CommittedOffset.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Empty for a topic that is gone. */
            topicId: Buffer;

            /** CommittedOffset topicName. */
            topicName: string;

            /** CommittedOffset partition. */
            partition: number;

            /** CommittedOffset errorCode. */
            errorCode: number;

            /** CommittedOffset errorMessage. */
            errorMessage: string;

            /** -1: the group has not committed this partition. */
            committedOffset: Long;

            /** CommittedOffset committedLeaderEpochPlusOne. */
            committedLeaderEpochPlusOne: number;

            /** CommittedOffset metadata. */
            metadata: string;

            /**
             * Encodes the specified CommittedOffset message. Does not implicitly {@link tidelog.v1.CommittedOffset.verify|verify} messages.
             * @param message CommittedOffset message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.CommittedOffset.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CommittedOffset message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.CommittedOffset & tidelog.v1.CommittedOffset.$Shape} CommittedOffset
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.CommittedOffset & tidelog.v1.CommittedOffset.$Shape;
        }

        namespace CommittedOffset {

            /** Properties of a CommittedOffset. */
            interface $Properties {

                /** Empty for a topic that is gone. */
                topicId?: Uint8Array;

                /** CommittedOffset topicName */
                topicName?: string;

                /** CommittedOffset partition */
                partition?: number;

                /** CommittedOffset errorCode */
                errorCode?: number;

                /** CommittedOffset errorMessage */
                errorMessage?: string;

                /** 1: the group has not committed this partition. */
                committedOffset?: Long;

                /** CommittedOffset committedLeaderEpochPlusOne */
                committedLeaderEpochPlusOne?: number;

                /** CommittedOffset metadata */
                metadata?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CommittedOffset. */
            type $Shape = tidelog.v1.CommittedOffset.$Properties;
        }

        /**
         * Properties of a ListGroupsRequest.
         * @deprecated Use tidelog.v1.ListGroupsRequest.$Properties instead.
         */
        interface IListGroupsRequest extends tidelog.v1.ListGroupsRequest.$Properties {
        }

        /** Represents a ListGroupsRequest. */
        class ListGroupsRequest {

            /**
             * Constructs a new ListGroupsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListGroupsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Empty: all. "Empty", "Assigning", "Reconciling", "Stable", "Dead", "PreparingRebalance", "CompletingRebalance". */
            states: string[];

            /** Empty: all. "consumer", "classic". */
            types: string[];

            /**
             * Encodes the specified ListGroupsRequest message. Does not implicitly {@link tidelog.v1.ListGroupsRequest.verify|verify} messages.
             * @param message ListGroupsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListGroupsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListGroupsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListGroupsRequest & tidelog.v1.ListGroupsRequest.$Shape} ListGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListGroupsRequest & tidelog.v1.ListGroupsRequest.$Shape;
        }

        namespace ListGroupsRequest {

            /** Properties of a ListGroupsRequest. */
            interface $Properties {

                /** Empty: all. "Empty", "Assigning", "Reconciling", "Stable", "Dead", "PreparingRebalance", "CompletingRebalance". */
                states?: string[];

                /** Empty: all. "consumer", "classic". */
                types?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListGroupsRequest. */
            type $Shape = tidelog.v1.ListGroupsRequest.$Properties;
        }

        /**
         * Properties of a ListGroupsResponse.
         * @deprecated Use tidelog.v1.ListGroupsResponse.$Properties instead.
         */
        interface IListGroupsResponse extends tidelog.v1.ListGroupsResponse.$Properties {
        }

        /** Represents a ListGroupsResponse. */
        class ListGroupsResponse {

            /**
             * Constructs a new ListGroupsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListGroupsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListGroupsResponse groups. */
            groups: tidelog.v1.ListedGroup[];

            /**
             * Encodes the specified ListGroupsResponse message. Does not implicitly {@link tidelog.v1.ListGroupsResponse.verify|verify} messages.
             * @param message ListGroupsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListGroupsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListGroupsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListGroupsResponse & tidelog.v1.ListGroupsResponse.$Shape} ListGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListGroupsResponse & tidelog.v1.ListGroupsResponse.$Shape;
        }

        namespace ListGroupsResponse {

            /** Properties of a ListGroupsResponse. */
            interface $Properties {

                /** ListGroupsResponse groups */
                groups?: tidelog.v1.ListedGroup.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListGroupsResponse. */
            type $Shape = tidelog.v1.ListGroupsResponse.$Properties;
        }

        /**
         * Properties of a ListedGroup.
         * @deprecated Use tidelog.v1.ListedGroup.$Properties instead.
         */
        interface IListedGroup extends tidelog.v1.ListedGroup.$Properties {
        }

        /** Represents a ListedGroup. */
        class ListedGroup {

            /**
             * Constructs a new ListedGroup.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ListedGroup.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListedGroup groupId. */
            groupId: string;

            /** "consumer" or "classic". */
            type: string;

            /** ListedGroup protocolType. */
            protocolType: string;

            /** ListedGroup state. */
            state: string;

            /**
             * Encodes the specified ListedGroup message. Does not implicitly {@link tidelog.v1.ListedGroup.verify|verify} messages.
             * @param message ListedGroup message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ListedGroup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListedGroup message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ListedGroup & tidelog.v1.ListedGroup.$Shape} ListedGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ListedGroup & tidelog.v1.ListedGroup.$Shape;
        }

        namespace ListedGroup {

            /** Properties of a ListedGroup. */
            interface $Properties {

                /** ListedGroup groupId */
                groupId?: string;

                /** "consumer" or "classic". */
                type?: string;

                /** ListedGroup protocolType */
                protocolType?: string;

                /** ListedGroup state */
                state?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListedGroup. */
            type $Shape = tidelog.v1.ListedGroup.$Properties;
        }

        /**
         * Properties of a DescribeGroupsRequest.
         * @deprecated Use tidelog.v1.DescribeGroupsRequest.$Properties instead.
         */
        interface IDescribeGroupsRequest extends tidelog.v1.DescribeGroupsRequest.$Properties {
        }

        /** Represents a DescribeGroupsRequest. */
        class DescribeGroupsRequest {

            /**
             * Constructs a new DescribeGroupsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeGroupsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeGroupsRequest groupIds. */
            groupIds: string[];

            /**
             * Encodes the specified DescribeGroupsRequest message. Does not implicitly {@link tidelog.v1.DescribeGroupsRequest.verify|verify} messages.
             * @param message DescribeGroupsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeGroupsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeGroupsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeGroupsRequest & tidelog.v1.DescribeGroupsRequest.$Shape} DescribeGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeGroupsRequest & tidelog.v1.DescribeGroupsRequest.$Shape;
        }

        namespace DescribeGroupsRequest {

            /** Properties of a DescribeGroupsRequest. */
            interface $Properties {

                /** DescribeGroupsRequest groupIds */
                groupIds?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeGroupsRequest. */
            type $Shape = tidelog.v1.DescribeGroupsRequest.$Properties;
        }

        /**
         * Properties of a DescribeGroupsResponse.
         * @deprecated Use tidelog.v1.DescribeGroupsResponse.$Properties instead.
         */
        interface IDescribeGroupsResponse extends tidelog.v1.DescribeGroupsResponse.$Properties {
        }

        /** Represents a DescribeGroupsResponse. */
        class DescribeGroupsResponse {

            /**
             * Constructs a new DescribeGroupsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeGroupsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            groups: tidelog.v1.DescribedGroup[];

            /**
             * Encodes the specified DescribeGroupsResponse message. Does not implicitly {@link tidelog.v1.DescribeGroupsResponse.verify|verify} messages.
             * @param message DescribeGroupsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeGroupsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeGroupsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeGroupsResponse & tidelog.v1.DescribeGroupsResponse.$Shape} DescribeGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeGroupsResponse & tidelog.v1.DescribeGroupsResponse.$Shape;
        }

        namespace DescribeGroupsResponse {

            /** Properties of a DescribeGroupsResponse. */
            interface $Properties {

                /** In the order of the request. */
                groups?: tidelog.v1.DescribedGroup.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeGroupsResponse. */
            type $Shape = tidelog.v1.DescribeGroupsResponse.$Properties;
        }

        /**
         * Properties of a DescribedGroup.
         * @deprecated Use tidelog.v1.DescribedGroup.$Properties instead.
         */
        interface IDescribedGroup extends tidelog.v1.DescribedGroup.$Properties {
        }

        /** Represents a DescribedGroup. */
        class DescribedGroup {

            /**
             * Constructs a new DescribedGroup.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribedGroup.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribedGroup groupId. */
            groupId: string;

            /** DescribedGroup errorCode. */
            errorCode: number;

            /** DescribedGroup errorMessage. */
            errorMessage: string;

            /** DescribedGroup type. */
            type: string;

            /** DescribedGroup protocolType. */
            protocolType: string;

            /** DescribedGroup state. */
            state: string;

            /** The generation of a classic group. */
            groupEpoch: number;

            /** DescribedGroup assignmentEpoch. */
            assignmentEpoch: number;

            /** DescribedGroup assignor. */
            assignor: string;

            /** DescribedGroup members. */
            members: tidelog.v1.DescribedMember[];

            /**
             * Encodes the specified DescribedGroup message. Does not implicitly {@link tidelog.v1.DescribedGroup.verify|verify} messages.
             * @param message DescribedGroup message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribedGroup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribedGroup message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribedGroup & tidelog.v1.DescribedGroup.$Shape} DescribedGroup
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribedGroup & tidelog.v1.DescribedGroup.$Shape;
        }

        namespace DescribedGroup {

            /** Properties of a DescribedGroup. */
            interface $Properties {

                /** DescribedGroup groupId */
                groupId?: string;

                /** DescribedGroup errorCode */
                errorCode?: number;

                /** DescribedGroup errorMessage */
                errorMessage?: string;

                /** DescribedGroup type */
                type?: string;

                /** DescribedGroup protocolType */
                protocolType?: string;

                /** DescribedGroup state */
                state?: string;

                /** The generation of a classic group. */
                groupEpoch?: number;

                /** DescribedGroup assignmentEpoch */
                assignmentEpoch?: number;

                /** DescribedGroup assignor */
                assignor?: string;

                /** DescribedGroup members */
                members?: tidelog.v1.DescribedMember.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribedGroup. */
            type $Shape = tidelog.v1.DescribedGroup.$Properties;
        }

        /**
         * Properties of a DescribedMember.
         * @deprecated Use tidelog.v1.DescribedMember.$Properties instead.
         */
        interface IDescribedMember extends tidelog.v1.DescribedMember.$Properties {
        }

        /** Represents a DescribedMember. */
        class DescribedMember {

            /**
             * Constructs a new DescribedMember.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribedMember.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribedMember memberId. */
            memberId: string;

            /** DescribedMember instanceId. */
            instanceId: string;

            /** DescribedMember rackId. */
            rackId: string;

            /** DescribedMember clientId. */
            clientId: string;

            /** DescribedMember clientHost. */
            clientHost: string;

            /** DescribedMember memberEpoch. */
            memberEpoch: number;

            /** DescribedMember subscribedTopicNames. */
            subscribedTopicNames: string[];

            /** DescribedMember subscribedTopicPattern. */
            subscribedTopicPattern: string;

            /** DescribedMember assignment. */
            assignment: tidelog.v1.NamedTopicPartitions[];

            /** DescribedMember targetAssignment. */
            targetAssignment: tidelog.v1.NamedTopicPartitions[];

            /**
             * Encodes the specified DescribedMember message. Does not implicitly {@link tidelog.v1.DescribedMember.verify|verify} messages.
             * @param message DescribedMember message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribedMember.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribedMember message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribedMember & tidelog.v1.DescribedMember.$Shape} DescribedMember
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribedMember & tidelog.v1.DescribedMember.$Shape;
        }

        namespace DescribedMember {

            /** Properties of a DescribedMember. */
            interface $Properties {

                /** DescribedMember memberId */
                memberId?: string;

                /** DescribedMember instanceId */
                instanceId?: string;

                /** DescribedMember rackId */
                rackId?: string;

                /** DescribedMember clientId */
                clientId?: string;

                /** DescribedMember clientHost */
                clientHost?: string;

                /** DescribedMember memberEpoch */
                memberEpoch?: number;

                /** DescribedMember subscribedTopicNames */
                subscribedTopicNames?: string[];

                /** DescribedMember subscribedTopicPattern */
                subscribedTopicPattern?: string;

                /** DescribedMember assignment */
                assignment?: tidelog.v1.NamedTopicPartitions.$Properties[];

                /** DescribedMember targetAssignment */
                targetAssignment?: tidelog.v1.NamedTopicPartitions.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribedMember. */
            type $Shape = tidelog.v1.DescribedMember.$Properties;
        }

        /**
         * Properties of a NamedTopicPartitions.
         * @deprecated Use tidelog.v1.NamedTopicPartitions.$Properties instead.
         */
        interface INamedTopicPartitions extends tidelog.v1.NamedTopicPartitions.$Properties {
        }

        /** Represents a NamedTopicPartitions. */
        class NamedTopicPartitions {

            /**
             * Constructs a new NamedTopicPartitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.NamedTopicPartitions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedTopicPartitions topicName. */
            topicName: string;

            /** NamedTopicPartitions topicId. */
            topicId: Buffer;

            /** NamedTopicPartitions partitions. */
            partitions: number[];

            /**
             * Encodes the specified NamedTopicPartitions message. Does not implicitly {@link tidelog.v1.NamedTopicPartitions.verify|verify} messages.
             * @param message NamedTopicPartitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.NamedTopicPartitions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedTopicPartitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.NamedTopicPartitions & tidelog.v1.NamedTopicPartitions.$Shape} NamedTopicPartitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.NamedTopicPartitions & tidelog.v1.NamedTopicPartitions.$Shape;
        }

        namespace NamedTopicPartitions {

            /** Properties of a NamedTopicPartitions. */
            interface $Properties {

                /** NamedTopicPartitions topicName */
                topicName?: string;

                /** NamedTopicPartitions topicId */
                topicId?: Uint8Array;

                /** NamedTopicPartitions partitions */
                partitions?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedTopicPartitions. */
            type $Shape = tidelog.v1.NamedTopicPartitions.$Properties;
        }

        /**
         * Properties of a DeleteGroupsRequest.
         * @deprecated Use tidelog.v1.DeleteGroupsRequest.$Properties instead.
         */
        interface IDeleteGroupsRequest extends tidelog.v1.DeleteGroupsRequest.$Properties {
        }

        /** Represents a DeleteGroupsRequest. */
        class DeleteGroupsRequest {

            /**
             * Constructs a new DeleteGroupsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteGroupsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeleteGroupsRequest groupIds. */
            groupIds: string[];

            /**
             * Encodes the specified DeleteGroupsRequest message. Does not implicitly {@link tidelog.v1.DeleteGroupsRequest.verify|verify} messages.
             * @param message DeleteGroupsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteGroupsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteGroupsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteGroupsRequest & tidelog.v1.DeleteGroupsRequest.$Shape} DeleteGroupsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteGroupsRequest & tidelog.v1.DeleteGroupsRequest.$Shape;
        }

        namespace DeleteGroupsRequest {

            /** Properties of a DeleteGroupsRequest. */
            interface $Properties {

                /** DeleteGroupsRequest groupIds */
                groupIds?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteGroupsRequest. */
            type $Shape = tidelog.v1.DeleteGroupsRequest.$Properties;
        }

        /**
         * Properties of a DeleteGroupsResponse.
         * @deprecated Use tidelog.v1.DeleteGroupsResponse.$Properties instead.
         */
        interface IDeleteGroupsResponse extends tidelog.v1.DeleteGroupsResponse.$Properties {
        }

        /** Represents a DeleteGroupsResponse. */
        class DeleteGroupsResponse {

            /**
             * Constructs a new DeleteGroupsResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DeleteGroupsResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            groups: tidelog.v1.GroupResult[];

            /**
             * Encodes the specified DeleteGroupsResponse message. Does not implicitly {@link tidelog.v1.DeleteGroupsResponse.verify|verify} messages.
             * @param message DeleteGroupsResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DeleteGroupsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeleteGroupsResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DeleteGroupsResponse & tidelog.v1.DeleteGroupsResponse.$Shape} DeleteGroupsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DeleteGroupsResponse & tidelog.v1.DeleteGroupsResponse.$Shape;
        }

        namespace DeleteGroupsResponse {

            /** Properties of a DeleteGroupsResponse. */
            interface $Properties {

                /** In the order of the request. */
                groups?: tidelog.v1.GroupResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeleteGroupsResponse. */
            type $Shape = tidelog.v1.DeleteGroupsResponse.$Properties;
        }

        /**
         * Properties of a GroupResult.
         * @deprecated Use tidelog.v1.GroupResult.$Properties instead.
         */
        interface IGroupResult extends tidelog.v1.GroupResult.$Properties {
        }

        /** Represents a GroupResult. */
        class GroupResult {

            /**
             * Constructs a new GroupResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.GroupResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GroupResult groupId. */
            groupId: string;

            /** GroupResult errorCode. */
            errorCode: number;

            /** GroupResult errorMessage. */
            errorMessage: string;

            /**
             * Encodes the specified GroupResult message. Does not implicitly {@link tidelog.v1.GroupResult.verify|verify} messages.
             * @param message GroupResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.GroupResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GroupResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.GroupResult & tidelog.v1.GroupResult.$Shape} GroupResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.GroupResult & tidelog.v1.GroupResult.$Shape;
        }

        namespace GroupResult {

            /** Properties of a GroupResult. */
            interface $Properties {

                /** GroupResult groupId */
                groupId?: string;

                /** GroupResult errorCode */
                errorCode?: number;

                /** GroupResult errorMessage */
                errorMessage?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GroupResult. */
            type $Shape = tidelog.v1.GroupResult.$Properties;
        }

        /**
         * Properties of an OffsetDeleteRequest.
         * @deprecated Use tidelog.v1.OffsetDeleteRequest.$Properties instead.
         */
        interface IOffsetDeleteRequest extends tidelog.v1.OffsetDeleteRequest.$Properties {
        }

        /** Represents an OffsetDeleteRequest. */
        class OffsetDeleteRequest {

            /**
             * Constructs a new OffsetDeleteRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetDeleteRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetDeleteRequest groupId. */
            groupId: string;

            /** OffsetDeleteRequest partitions. */
            partitions: tidelog.v1.OffsetDeletePartition[];

            /**
             * Encodes the specified OffsetDeleteRequest message. Does not implicitly {@link tidelog.v1.OffsetDeleteRequest.verify|verify} messages.
             * @param message OffsetDeleteRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetDeleteRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetDeleteRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteRequest & tidelog.v1.OffsetDeleteRequest.$Shape} OffsetDeleteRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetDeleteRequest & tidelog.v1.OffsetDeleteRequest.$Shape;
        }

        namespace OffsetDeleteRequest {

            /** Properties of an OffsetDeleteRequest. */
            interface $Properties {

                /** OffsetDeleteRequest groupId */
                groupId?: string;

                /** OffsetDeleteRequest partitions */
                partitions?: tidelog.v1.OffsetDeletePartition.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetDeleteRequest. */
            type $Shape = tidelog.v1.OffsetDeleteRequest.$Properties;
        }

        /**
         * Properties of an OffsetDeletePartition.
         * @deprecated Use tidelog.v1.OffsetDeletePartition.$Properties instead.
         */
        interface IOffsetDeletePartition extends tidelog.v1.OffsetDeletePartition.$Properties {
        }

        /** Represents an OffsetDeletePartition. */
        class OffsetDeletePartition {

            /**
             * Constructs a new OffsetDeletePartition.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetDeletePartition.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** The name: offsets outlive their topics. */
            topicName: string;

            /** OffsetDeletePartition partition. */
            partition: number;

            /**
             * Encodes the specified OffsetDeletePartition message. Does not implicitly {@link tidelog.v1.OffsetDeletePartition.verify|verify} messages.
             * @param message OffsetDeletePartition message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetDeletePartition.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetDeletePartition message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeletePartition & tidelog.v1.OffsetDeletePartition.$Shape} OffsetDeletePartition
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetDeletePartition & tidelog.v1.OffsetDeletePartition.$Shape;
        }

        namespace OffsetDeletePartition {

            /** Properties of an OffsetDeletePartition. */
            interface $Properties {

                /** The name: offsets outlive their topics. */
                topicName?: string;

                /** OffsetDeletePartition partition */
                partition?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetDeletePartition. */
            type $Shape = tidelog.v1.OffsetDeletePartition.$Properties;
        }

        /**
         * Properties of an OffsetDeleteResponse.
         * @deprecated Use tidelog.v1.OffsetDeleteResponse.$Properties instead.
         */
        interface IOffsetDeleteResponse extends tidelog.v1.OffsetDeleteResponse.$Properties {
        }

        /** Represents an OffsetDeleteResponse. */
        class OffsetDeleteResponse {

            /**
             * Constructs a new OffsetDeleteResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetDeleteResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** In the order of the request. */
            partitions: tidelog.v1.OffsetDeleteResult[];

            /**
             * Encodes the specified OffsetDeleteResponse message. Does not implicitly {@link tidelog.v1.OffsetDeleteResponse.verify|verify} messages.
             * @param message OffsetDeleteResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetDeleteResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetDeleteResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteResponse & tidelog.v1.OffsetDeleteResponse.$Shape} OffsetDeleteResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetDeleteResponse & tidelog.v1.OffsetDeleteResponse.$Shape;
        }

        namespace OffsetDeleteResponse {

            /** Properties of an OffsetDeleteResponse. */
            interface $Properties {

                /** In the order of the request. */
                partitions?: tidelog.v1.OffsetDeleteResult.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetDeleteResponse. */
            type $Shape = tidelog.v1.OffsetDeleteResponse.$Properties;
        }

        /**
         * Properties of an OffsetDeleteResult.
         * @deprecated Use tidelog.v1.OffsetDeleteResult.$Properties instead.
         */
        interface IOffsetDeleteResult extends tidelog.v1.OffsetDeleteResult.$Properties {
        }

        /** Represents an OffsetDeleteResult. */
        class OffsetDeleteResult {

            /**
             * Constructs a new OffsetDeleteResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.OffsetDeleteResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OffsetDeleteResult errorCode. */
            errorCode: number;

            /** OffsetDeleteResult errorMessage. */
            errorMessage: string;

            /**
             * Encodes the specified OffsetDeleteResult message. Does not implicitly {@link tidelog.v1.OffsetDeleteResult.verify|verify} messages.
             * @param message OffsetDeleteResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.OffsetDeleteResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OffsetDeleteResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.OffsetDeleteResult & tidelog.v1.OffsetDeleteResult.$Shape} OffsetDeleteResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.OffsetDeleteResult & tidelog.v1.OffsetDeleteResult.$Shape;
        }

        namespace OffsetDeleteResult {

            /** Properties of an OffsetDeleteResult. */
            interface $Properties {

                /** OffsetDeleteResult errorCode */
                errorCode?: number;

                /** OffsetDeleteResult errorMessage */
                errorMessage?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OffsetDeleteResult. */
            type $Shape = tidelog.v1.OffsetDeleteResult.$Properties;
        }

        /**
         * Properties of a DescribeBrokerRequest.
         * @deprecated Use tidelog.v1.DescribeBrokerRequest.$Properties instead.
         */
        interface IDescribeBrokerRequest extends tidelog.v1.DescribeBrokerRequest.$Properties {
        }

        /** Of the broker that is asked. */
        class DescribeBrokerRequest {

            /**
             * Constructs a new DescribeBrokerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeBrokerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified DescribeBrokerRequest message. Does not implicitly {@link tidelog.v1.DescribeBrokerRequest.verify|verify} messages.
             * @param message DescribeBrokerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeBrokerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeBrokerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeBrokerRequest & tidelog.v1.DescribeBrokerRequest.$Shape} DescribeBrokerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeBrokerRequest & tidelog.v1.DescribeBrokerRequest.$Shape;
        }

        namespace DescribeBrokerRequest {

            /** Properties of a DescribeBrokerRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeBrokerRequest. */
            type $Shape = tidelog.v1.DescribeBrokerRequest.$Properties;
        }

        /**
         * Properties of a DescribeBrokerResponse.
         * @deprecated Use tidelog.v1.DescribeBrokerResponse.$Properties instead.
         */
        interface IDescribeBrokerResponse extends tidelog.v1.DescribeBrokerResponse.$Properties {
        }

        /** Represents a DescribeBrokerResponse. */
        class DescribeBrokerResponse {

            /**
             * Constructs a new DescribeBrokerResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.DescribeBrokerResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeBrokerResponse brokerId. */
            brokerId: number;

            /** DescribeBrokerResponse clusterId. */
            clusterId: string;

            /** DescribeBrokerResponse brokerVersion. */
            brokerVersion: string;

            /** DescribeBrokerResponse startedAtMs. */
            startedAtMs: Long;

            /** The broker's clock. */
            nowMs: Long;

            /** DescribeBrokerResponse listeners. */
            listeners: tidelog.v1.BrokerListener[];

            /** DescribeBrokerResponse dataDir. */
            dataDir: string;

            /** The default of topics: "fsync" or "page-cache". */
            durability: string;

            /** Of the disk; -1: not known. */
            freeBytes: Long;

            /** Why nothing more can be written; empty while that is not so. */
            offline: string;

            /** DescribeBrokerResponse topicCount. */
            topicCount: number;

            /** DescribeBrokerResponse partitionCount. */
            partitionCount: number;

            /** Partitions in use whose files cannot give everything they should; at most 1,000. */
            problems: tidelog.v1.PartitionProblem[];

            /** DescribeBrokerResponse clients. */
            clients: tidelog.v1.ConnectedClient[];

            /** What clients asked for and the broker does not have, the latest first. */
            unsupported: tidelog.v1.UnsupportedRequest[];

            /** How often a kind of unsupported request had to make place for another. */
            forgottenUnsupportedCount: number;

            /**
             * Encodes the specified DescribeBrokerResponse message. Does not implicitly {@link tidelog.v1.DescribeBrokerResponse.verify|verify} messages.
             * @param message DescribeBrokerResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.DescribeBrokerResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeBrokerResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.DescribeBrokerResponse & tidelog.v1.DescribeBrokerResponse.$Shape} DescribeBrokerResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.DescribeBrokerResponse & tidelog.v1.DescribeBrokerResponse.$Shape;
        }

        namespace DescribeBrokerResponse {

            /** Properties of a DescribeBrokerResponse. */
            interface $Properties {

                /** DescribeBrokerResponse brokerId */
                brokerId?: number;

                /** DescribeBrokerResponse clusterId */
                clusterId?: string;

                /** DescribeBrokerResponse brokerVersion */
                brokerVersion?: string;

                /** DescribeBrokerResponse startedAtMs */
                startedAtMs?: Long;

                /** The broker's clock. */
                nowMs?: Long;

                /** DescribeBrokerResponse listeners */
                listeners?: tidelog.v1.BrokerListener.$Properties[];

                /** DescribeBrokerResponse dataDir */
                dataDir?: string;

                /** The default of topics: "fsync" or "page-cache". */
                durability?: string;

                /** Of the disk; -1: not known. */
                freeBytes?: Long;

                /** Why nothing more can be written; empty while that is not so. */
                offline?: string;

                /** DescribeBrokerResponse topicCount */
                topicCount?: number;

                /** DescribeBrokerResponse partitionCount */
                partitionCount?: number;

                /** Partitions in use whose files cannot give everything they should; at most 1,000. */
                problems?: tidelog.v1.PartitionProblem.$Properties[];

                /** DescribeBrokerResponse clients */
                clients?: tidelog.v1.ConnectedClient.$Properties[];

                /** What clients asked for and the broker does not have, the latest first. */
                unsupported?: tidelog.v1.UnsupportedRequest.$Properties[];

                /** How often a kind of unsupported request had to make place for another. */
                forgottenUnsupportedCount?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeBrokerResponse. */
            type $Shape = tidelog.v1.DescribeBrokerResponse.$Properties;
        }

        /**
         * Properties of a BrokerListener.
         * @deprecated Use tidelog.v1.BrokerListener.$Properties instead.
         */
        interface IBrokerListener extends tidelog.v1.BrokerListener.$Properties {
        }

        /** At the address that clients are told. */
        class BrokerListener {

            /**
             * Constructs a new BrokerListener.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.BrokerListener.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrokerListener name. */
            name: string;

            /** BrokerListener host. */
            host: string;

            /** BrokerListener port. */
            port: number;

            /**
             * Encodes the specified BrokerListener message. Does not implicitly {@link tidelog.v1.BrokerListener.verify|verify} messages.
             * @param message BrokerListener message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.BrokerListener.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrokerListener message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.BrokerListener & tidelog.v1.BrokerListener.$Shape} BrokerListener
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.BrokerListener & tidelog.v1.BrokerListener.$Shape;
        }

        namespace BrokerListener {

            /** Properties of a BrokerListener. */
            interface $Properties {

                /** BrokerListener name */
                name?: string;

                /** BrokerListener host */
                host?: string;

                /** BrokerListener port */
                port?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrokerListener. */
            type $Shape = tidelog.v1.BrokerListener.$Properties;
        }

        /**
         * Properties of a PartitionProblem.
         * @deprecated Use tidelog.v1.PartitionProblem.$Properties instead.
         */
        interface IPartitionProblem extends tidelog.v1.PartitionProblem.$Properties {
        }

        /** Represents a PartitionProblem. */
        class PartitionProblem {

            /**
             * Constructs a new PartitionProblem.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.PartitionProblem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PartitionProblem topicName. */
            topicName: string;

            /** PartitionProblem partition. */
            partition: number;

            /** PartitionProblem message. */
            message: string;

            /**
             * Encodes the specified PartitionProblem message. Does not implicitly {@link tidelog.v1.PartitionProblem.verify|verify} messages.
             * @param message PartitionProblem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.PartitionProblem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionProblem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.PartitionProblem & tidelog.v1.PartitionProblem.$Shape} PartitionProblem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.PartitionProblem & tidelog.v1.PartitionProblem.$Shape;
        }

        namespace PartitionProblem {

            /** Properties of a PartitionProblem. */
            interface $Properties {

                /** PartitionProblem topicName */
                topicName?: string;

                /** PartitionProblem partition */
                partition?: number;

                /** PartitionProblem message */
                message?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PartitionProblem. */
            type $Shape = tidelog.v1.PartitionProblem.$Properties;
        }

        /**
         * Properties of a ConnectedClient.
         * @deprecated Use tidelog.v1.ConnectedClient.$Properties instead.
         */
        interface IConnectedClient extends tidelog.v1.ConnectedClient.$Properties {
        }

        /** Represents a ConnectedClient. */
        class ConnectedClient {

            /**
             * Constructs a new ConnectedClient.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ConnectedClient.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ConnectedClient connectionId. */
            connectionId: string;

            /** ConnectedClient listener. */
            listener: string;

            /** Without the port. */
            host: string;

            /** As the client names itself; empty when it does not. */
            clientId: string;

            /** ConnectedClient softwareName. */
            softwareName: string;

            /** ConnectedClient softwareVersion. */
            softwareVersion: string;

            /** ConnectedClient connectedAtMs. */
            connectedAtMs: Long;

            /** ConnectedClient requestCount. */
            requestCount: Long;

            /** ConnectedClient apis. */
            apis: tidelog.v1.ApiUse[];

            /**
             * Encodes the specified ConnectedClient message. Does not implicitly {@link tidelog.v1.ConnectedClient.verify|verify} messages.
             * @param message ConnectedClient message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ConnectedClient.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConnectedClient message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ConnectedClient & tidelog.v1.ConnectedClient.$Shape} ConnectedClient
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ConnectedClient & tidelog.v1.ConnectedClient.$Shape;
        }

        namespace ConnectedClient {

            /** Properties of a ConnectedClient. */
            interface $Properties {

                /** ConnectedClient connectionId */
                connectionId?: string;

                /** ConnectedClient listener */
                listener?: string;

                /** Without the port. */
                host?: string;

                /** As the client names itself; empty when it does not. */
                clientId?: string;

                /** ConnectedClient softwareName */
                softwareName?: string;

                /** ConnectedClient softwareVersion */
                softwareVersion?: string;

                /** ConnectedClient connectedAtMs */
                connectedAtMs?: Long;

                /** ConnectedClient requestCount */
                requestCount?: Long;

                /** ConnectedClient apis */
                apis?: tidelog.v1.ApiUse.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConnectedClient. */
            type $Shape = tidelog.v1.ConnectedClient.$Properties;
        }

        /**
         * Properties of an ApiUse.
         * @deprecated Use tidelog.v1.ApiUse.$Properties instead.
         */
        interface IApiUse extends tidelog.v1.ApiUse.$Properties {
        }

        /** Represents an ApiUse. */
        class ApiUse {

            /**
             * Constructs a new ApiUse.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.ApiUse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ApiUse api. */
            api: string;

            /** Of the api on the Kafka listener, of the protocol on the native one. */
            version: number;

            /** ApiUse requestCount. */
            requestCount: Long;

            /**
             * Encodes the specified ApiUse message. Does not implicitly {@link tidelog.v1.ApiUse.verify|verify} messages.
             * @param message ApiUse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.ApiUse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ApiUse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.ApiUse & tidelog.v1.ApiUse.$Shape} ApiUse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.ApiUse & tidelog.v1.ApiUse.$Shape;
        }

        namespace ApiUse {

            /** Properties of an ApiUse. */
            interface $Properties {

                /** ApiUse api */
                api?: string;

                /** Of the api on the Kafka listener, of the protocol on the native one. */
                version?: number;

                /** ApiUse requestCount */
                requestCount?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ApiUse. */
            type $Shape = tidelog.v1.ApiUse.$Properties;
        }

        /**
         * Properties of an UnsupportedRequest.
         * @deprecated Use tidelog.v1.UnsupportedRequest.$Properties instead.
         */
        interface IUnsupportedRequest extends tidelog.v1.UnsupportedRequest.$Properties {
        }

        /** Represents an UnsupportedRequest. */
        class UnsupportedRequest {

            /**
             * Constructs a new UnsupportedRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: tidelog.v1.UnsupportedRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UnsupportedRequest listener. */
            listener: string;

            /** Of the client that asked last. */
            host: string;

            /** UnsupportedRequest clientId. */
            clientId: string;

            /** UnsupportedRequest softwareName. */
            softwareName: string;

            /** UnsupportedRequest softwareVersion. */
            softwareVersion: string;

            /** The api, and its version where that is what is missing. */
            request: string;

            /** UnsupportedRequest reason. */
            reason: string;

            /** UnsupportedRequest requestCount. */
            requestCount: Long;

            /** UnsupportedRequest firstAtMs. */
            firstAtMs: Long;

            /** UnsupportedRequest lastAtMs. */
            lastAtMs: Long;

            /**
             * Encodes the specified UnsupportedRequest message. Does not implicitly {@link tidelog.v1.UnsupportedRequest.verify|verify} messages.
             * @param message UnsupportedRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: tidelog.v1.UnsupportedRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnsupportedRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {tidelog.v1.UnsupportedRequest & tidelog.v1.UnsupportedRequest.$Shape} UnsupportedRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): tidelog.v1.UnsupportedRequest & tidelog.v1.UnsupportedRequest.$Shape;
        }

        namespace UnsupportedRequest {

            /** Properties of an UnsupportedRequest. */
            interface $Properties {

                /** UnsupportedRequest listener */
                listener?: string;

                /** Of the client that asked last. */
                host?: string;

                /** UnsupportedRequest clientId */
                clientId?: string;

                /** UnsupportedRequest softwareName */
                softwareName?: string;

                /** UnsupportedRequest softwareVersion */
                softwareVersion?: string;

                /** The api, and its version where that is what is missing. */
                request?: string;

                /** UnsupportedRequest reason */
                reason?: string;

                /** UnsupportedRequest requestCount */
                requestCount?: Long;

                /** UnsupportedRequest firstAtMs */
                firstAtMs?: Long;

                /** UnsupportedRequest lastAtMs */
                lastAtMs?: Long;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnsupportedRequest. */
            type $Shape = tidelog.v1.UnsupportedRequest.$Properties;
        }
    }
}

export import wire = tidelog.v1;
