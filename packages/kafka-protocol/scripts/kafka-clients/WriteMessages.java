/*
 * Writes requests and responses with the serializer of Kafka's own Java client, and beside each what was put into it.
 *
 * Reads lines "api key minVersion maxVersion version,version…" from standard input. The client's jar carries the
 * definitions of its messages; from these a value is made up for each version, all fields of minVersion to
 * maxVersion named in it (those that the version lacks with their defaults), and given to the client's classes.
 * Prints a line of JSON for each message of a version that the client has:
 *
 *   client, api, version, direction, filling, correlationId, clientId (of requests), frame (base64), value
 *
 * "full": every optional field is there, every array has two elements. "sparse": each may be null, empty or default.
 * What is made up depends on these alone, so that another run prints the same.
 */
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.AppInfoParser;

public final class WriteMessages {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MAX_INT64 = (1L << 53) - 1;
    private static final int UNKNOWN_TAG = 5000;
    private static final String[] WORDS = {"orders", "žluťoučký kůň", "日本 🐟", "a.b-c_d", "x"};

    public static void main(String[] args) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            Range range = new Range(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            for (String version : words[4].split(",")) {
                for (String direction : new String[] {"request", "response"}) {
                    for (String filling : new String[] {"full", "sparse"}) {
                        int key = Integer.parseInt(words[1]);
                        write(words[0], key, range, Short.parseShort(version), direction, filling);
                    }
                }
            }
        }
    }

    private static void write(String api, int key, Range range, short version, String direction, String filling)
            throws Exception {
        boolean isRequest = direction.equals("request");
        String name = api + (isRequest ? "Request" : "Response");
        JsonNode definition = definitionOf(name);
        if (!Range.of(definition.get("validVersions").asText()).includes(version)) return;

        String seed = name + " " + version + " " + filling;
        Filler filler = new Filler(new Random(seed.hashCode()), filling.equals("full"), range, version);
        filler.addCommonStructs(definition.path("commonStructs"));
        ObjectNode value = filler.struct(definition.get("fields"));
        ApiMessage message = (ApiMessage) Class.forName("org.apache.kafka.common.message." + name + "DataJsonConverter")
            .getMethod("read", JsonNode.class, short.class)
            .invoke(null, filler.inVersion(value, definition.get("fields")), version);

        ApiKeys apiKey = ApiKeys.forId(key);
        int correlationId = filler.random.nextInt();
        ObjectNode line = NODES.objectNode();
        line.put("client", "kafka-clients " + AppInfoParser.getVersion());
        line.put("api", api).put("version", version).put("direction", direction).put("filling", filling);
        line.put("correlationId", correlationId);
        Message header;
        short headerVersion;
        if (isRequest) {
            String clientId = filler.isLeftOut() ? null : "client-" + seed;
            line.put("clientId", clientId);
            header = new RequestHeaderData().setRequestApiKey((short) key).setRequestApiVersion(version)
                .setCorrelationId(correlationId).setClientId(clientId);
            headerVersion = apiKey.requestHeaderVersion(version);
        } else {
            header = new ResponseHeaderData().setCorrelationId(correlationId);
            headerVersion = apiKey.responseHeaderVersion(version);
        }
        if (Range.of(definition.get("flexibleVersions").asText()).includes(version) && !filler.isLeftOut()) {
            byte[] data = filler.bytes();
            message.unknownTaggedFields().add(new RawTaggedField(UNKNOWN_TAG, data));
            value.putArray("unknownTaggedFields").addObject().put("tag", UNKNOWN_TAG).put("data", data);
        }
        line.put("frame", frame(header, headerVersion, message, version));
        line.set("value", value);
        System.out.println(JSON.writeValueAsString(line));
    }

    private static byte[] frame(Message header, short headerVersion, Message body, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int size = header.size(cache, headerVersion) + body.size(cache, version);
        ByteBufferAccessor writer = new ByteBufferAccessor(ByteBuffer.allocate(size));
        header.write(writer, cache, headerVersion);
        body.write(writer, cache, version);
        return writer.buffer().array();
    }

    private static JsonNode definitionOf(String name) throws Exception {
        try (InputStream file = WriteMessages.class.getResourceAsStream("/common/message/" + name + ".json")) {
            if (file == null) throw new IllegalStateException("the client has no definition of " + name);
            return JSON.readTree(file);
        }
    }

    /** Versions as the definitions write them: "none", "3", "3-5", "3+". */
    private record Range(int min, int max) {
        static Range of(String text) {
            if (text.equals("none")) return new Range(1, 0);
            if (text.endsWith("+")) return new Range(Integer.parseInt(text.replace("+", "")), Short.MAX_VALUE);
            String[] ends = text.split("-");
            return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        boolean includes(int version) {
            return version >= min && version <= max;
        }

        boolean overlaps(Range other) {
            return Math.max(min, other.min) <= Math.min(max, other.max);
        }
    }

    /** Makes up the value of one message. */
    private static final class Filler {
        final Random random;
        private final boolean isFull;
        private final Range range;
        private final int version;
        private final Map<String, JsonNode> commonStructs = new HashMap<>();

        Filler(Random random, boolean isFull, Range range, int version) {
            this.random = random;
            this.isFull = isFull;
            this.range = range;
            this.version = version;
        }

        void addCommonStructs(JsonNode structs) {
            for (JsonNode struct : structs) commonStructs.put(struct.get("name").asText(), struct.get("fields"));
        }

        boolean isLeftOut() {
            return !isFull && random.nextInt(3) == 0;
        }

        ObjectNode struct(JsonNode fields) {
            ObjectNode value = NODES.objectNode();
            for (JsonNode field : fields) {
                Range versions = Range.of(field.get("versions").asText());
                if (!versions.overlaps(range)) continue;
                value.set(nameOf(field), versions.includes(version) ? field(field) : defaultOf(field));
            }
            return value;
        }

        /** A copy without the fields that the version lacks: the client refuses some of them also with defaults. */
        ObjectNode inVersion(ObjectNode value, JsonNode fields) {
            ObjectNode copy = NODES.objectNode();
            for (JsonNode field : fields) {
                if (!Range.of(field.get("versions").asText()).includes(version)) continue;
                JsonNode fieldValue = value.get(nameOf(field));
                copy.set(nameOf(field), fieldValue.isContainerNode() ? inVersion(fieldValue, field) : fieldValue);
            }
            return copy;
        }

        private JsonNode inVersion(JsonNode value, JsonNode field) {
            if (value instanceof ObjectNode struct) return inVersion(struct, fieldsOf(typeOf(field), field));
            ArrayNode copy = NODES.arrayNode();
            for (JsonNode element : value) copy.add(element.isObject() ? inVersion(element, field) : element);
            return copy;
        }

        private static String nameOf(JsonNode field) {
            String name = field.get("name").asText();
            return name.substring(0, 1).toLowerCase() + name.substring(1);
        }

        /** The type of the field, or of its elements. */
        private static String typeOf(JsonNode field) {
            String type = field.get("type").asText();
            return type.startsWith("[]") ? type.substring(2) : type;
        }

        private JsonNode field(JsonNode field) {
            boolean isNullable = Range.of(field.path("nullableVersions").asText("none")).includes(version);
            if (isNullable && isLeftOut()) return NullNode.instance;
            boolean isTagged = Range.of(field.path("taggedVersions").asText("none")).includes(version);
            if (isTagged && isLeftOut()) return defaultOf(field);
            String type = field.get("type").asText();
            if (!type.startsWith("[]")) return single(field);
            ArrayNode elements = NODES.arrayNode();
            for (int left = isFull ? 2 : random.nextInt(3); left > 0; left--) elements.add(single(field));
            return elements;
        }

        private JsonNode single(JsonNode field) {
            switch (typeOf(field)) {
                case "bool": return BooleanNode.valueOf(random.nextBoolean());
                case "int8": return IntNode.valueOf((byte) random.nextInt());
                case "int16": return IntNode.valueOf((short) random.nextInt());
                case "uint16": return IntNode.valueOf(random.nextInt(1 << 16));
                case "int32": return IntNode.valueOf(random.nextInt());
                case "int64": return LongNode.valueOf(random.nextLong() % MAX_INT64);
                case "string": return TextNode.valueOf(text());
                case "uuid": return TextNode.valueOf(new Uuid(random.nextLong(), random.nextLong()).toString());
                case "bytes": return BinaryNode.valueOf(bytes());
                case "records": return BinaryNode.valueOf(records());
                default: return struct(fieldsOf(typeOf(field), field));
            }
        }

        private JsonNode fieldsOf(String type, JsonNode field) {
            JsonNode fields = commonStructs.getOrDefault(type, field.get("fields"));
            if (fields == null) throw new IllegalStateException("no type " + type);
            return fields;
        }

        /** One in ten is longer than a length of one byte can say. */
        private String text() {
            if (isLeftOut()) return "";
            if (random.nextInt(10) == 0) return "long ".repeat(30) + random.nextInt(1000);
            return WORDS[random.nextInt(WORDS.length)] + random.nextInt(1000);
        }

        byte[] bytes() {
            byte[] bytes = new byte[isLeftOut() ? 0 : 1 + random.nextInt(20)];
            random.nextBytes(bytes);
            return bytes;
        }

        private byte[] records() {
            if (isLeftOut()) return new byte[0];
            SimpleRecord record = new SimpleRecord(random.nextInt(1 << 30), bytes(), bytes());
            ByteBuffer buffer = MemoryRecords.withRecords(Compression.NONE, record).buffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }

        private JsonNode defaultOf(JsonNode field) {
            String type = field.get("type").asText();
            JsonNode given = field.path("default");
            if (given.asText().equals("null")) return NullNode.instance;
            if (type.startsWith("[]")) return NODES.arrayNode();
            switch (type) {
                case "bool": return BooleanNode.valueOf(given.asBoolean());
                case "int8", "int16", "uint16", "int32", "int64":
                    return LongNode.valueOf(given.isMissingNode() ? 0 : Long.decode(given.asText()));
                case "string": return TextNode.valueOf(given.asText());
                case "uuid": return TextNode.valueOf(Uuid.ZERO_UUID.toString());
                case "bytes", "records": return BinaryNode.valueOf(new byte[0]);
                default:
                    ObjectNode value = NODES.objectNode();
                    for (JsonNode inner : fieldsOf(type, field)) {
                        if (!Range.of(inner.get("versions").asText()).overlaps(range)) continue;
                        value.set(nameOf(inner), defaultOf(inner));
                    }
                    return value;
            }
        }
    }
}
