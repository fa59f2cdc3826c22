/*
 * A load program on librdkafka, for measuring a broker through its Kafka listener and librdkafka's own mock broker
 * with the same bytes. One line of JSON on standard output.
 *
 *   librdkafka-load mock PARTITIONS                           a mock broker, until standard input ends
 *   librdkafka-load produce BROKERS TOPIC SECONDS             100-byte values, acks=1, as fast as they are taken
 *   librdkafka-load fill BROKERS TOPIC PARTITIONS RECORDS     RECORDS into each partition
 *   librdkafka-load consume BROKERS TOPIC PARTITIONS RECORDS  reads that many from each partition
 *
 * `threads` has the seconds of processor time of each thread while records were under way: the busiest one is what
 * limits the client when the broker does not.
 */
#include <dirent.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define VALUE_BYTES 100
#define WARM_UP_SECONDS 2.0
#define FILL_RUN 1000
#define POLLED_AT_ONCE 1000
#define MAX_THREADS 64

static const char VALUE[VALUE_BYTES + 1] =
    "tidelog tidelog tidelog tidelog tidelog tidelog tidelog tidelog tidelog tidelog tidelog tidelog tide";

static long long delivered = 0;
static long long failed = 0;
static char first_failure[256] = "";

static void fail(const char *what, const char *why) {
        fprintf(stderr, "librdkafka-load: %s: %s\n", what, why);
        exit(1);
}

static double now_seconds(void) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return now.tv_sec + now.tv_nsec / 1e9;
}

/* Processor time by thread, in the order in which the system lists them. */
struct thread_times {
        int count;
        long id[MAX_THREADS];
        char name[MAX_THREADS][32];
        double seconds[MAX_THREADS];
};

static void read_thread_times(struct thread_times *times) {
        DIR *tasks = opendir("/proc/self/task");
        struct dirent *entry;
        times->count = 0;
        if (tasks == NULL)
                return;
        while ((entry = readdir(tasks)) != NULL && times->count < MAX_THREADS) {
                char path[300], line[600];
                if (entry->d_name[0] == '.')
                        continue;
                snprintf(path, sizeof(path), "/proc/self/task/%s/schedstat", entry->d_name);
                FILE *file = fopen(path, "r");
                if (file == NULL)
                        continue;
                long long nanoseconds = 0;
                if (fscanf(file, "%lld", &nanoseconds) != 1)
                        nanoseconds = 0;
                fclose(file);
                snprintf(path, sizeof(path), "/proc/self/task/%s/comm", entry->d_name);
                file = fopen(path, "r");
                if (file == NULL)
                        continue;
                if (fgets(line, sizeof(line), file) == NULL)
                        line[0] = '\0';
                fclose(file);
                line[strcspn(line, "\n")] = '\0';
                int index = times->count++;
                times->id[index] = atol(entry->d_name);
                snprintf(times->name[index], sizeof(times->name[index]), "%.31s", line);
                times->seconds[index] = nanoseconds / 1e9;
        }
        closedir(tasks);
}

static double seconds_before(const struct thread_times *before, long id) {
        for (int index = 0; index < before->count; index++)
                if (before->id[index] == id)
                        return before->seconds[index];
        return 0;
}

static void report(long long records, double seconds, const struct thread_times *before) {
        struct thread_times after;
        read_thread_times(&after);
        printf("{\"records\":%lld,\"seconds\":%.6f,\"failed\":%lld,\"failure\":\"%s\",\"threads\":[", records, seconds,
               failed, first_failure);
        for (int index = 0; index < after.count; index++)
                printf("%s{\"name\":\"%s\",\"cpuSeconds\":%.6f}", index == 0 ? "" : ",", after.name[index],
                       after.seconds[index] - seconds_before(before, after.id[index]));
        printf("]}\n");
        fflush(stdout);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
        char error[512];
        if (rd_kafka_conf_set(conf, name, value, error, sizeof(error)) != RD_KAFKA_CONF_OK)
                fail(name, error);
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *conf) {
        char error[512];
        rd_kafka_t *rk = rd_kafka_new(type, conf, error, sizeof(error));
        if (rk == NULL)
                fail("the client cannot be made", error);
        return rk;
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque) {
        (void)rk;
        (void)opaque;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
                delivered++;
                return;
        }
        if (failed++ == 0)
                snprintf(first_failure, sizeof(first_failure), "%s", rd_kafka_err2name(message->err));
}

static rd_kafka_t *producer(const char *brokers) {
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        set(conf, "bootstrap.servers", brokers);
        set(conf, "acks", "1");
        set(conf, "linger.ms", "5");
        set(conf, "queue.buffering.max.messages", "1000000");
        rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
        return client(RD_KAFKA_PRODUCER, conf);
}

/* One record; waits while the queue of the client is full. */
static void produce_one(rd_kafka_t *rk, rd_kafka_topic_t *topic, int32_t partition) {
        while (rd_kafka_produce(topic, partition, RD_KAFKA_MSG_F_COPY, (void *)VALUE, VALUE_BYTES, NULL, 0, NULL) != 0) {
                if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
                        fail("produce", rd_kafka_err2str(rd_kafka_last_error()));
                rd_kafka_poll(rk, 10);
        }
}

static int run_mock(int partitions) {
        rd_kafka_t *rk = client(RD_KAFKA_PRODUCER, rd_kafka_conf_new());
        rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(rk, 1);
        if (cluster == NULL)
                fail("mock", "the mock broker does not start");
        rd_kafka_mock_topic_create(cluster, "bench", partitions, 1);
        printf("{\"brokers\":\"%s\"}\n", rd_kafka_mock_cluster_bootstraps(cluster));
        fflush(stdout);
        while (getchar() != EOF)
                continue;
        rd_kafka_mock_cluster_destroy(cluster);
        rd_kafka_destroy(rk);
        return 0;
}

/* Delivered records per second, from the first call until the time is up; what is still queued then is dropped. */
static int run_produce(const char *brokers, const char *topic_name, double seconds) {
        rd_kafka_t *rk = producer(brokers);
        rd_kafka_topic_t *topic = rd_kafka_topic_new(rk, topic_name, NULL);
        struct thread_times before;
        double warm_until = now_seconds() + WARM_UP_SECONDS, started, now;
        while (now_seconds() < warm_until) {
                for (int index = 0; index < FILL_RUN; index++)
                        produce_one(rk, topic, RD_KAFKA_PARTITION_UA);
                rd_kafka_poll(rk, 0);
        }
        delivered = 0;
        read_thread_times(&before);
        started = now_seconds();
        do {
                for (int index = 0; index < FILL_RUN; index++)
                        produce_one(rk, topic, RD_KAFKA_PARTITION_UA);
                rd_kafka_poll(rk, 0);
                now = now_seconds();
        } while (now - started < seconds);
        report(delivered, now - started, &before);
        rd_kafka_purge(rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(rk, 1000);
        rd_kafka_topic_destroy(topic);
        rd_kafka_destroy(rk);
        return 0;
}

static int run_fill(const char *brokers, const char *topic_name, int partitions, long long records) {
        rd_kafka_t *rk = producer(brokers);
        rd_kafka_topic_t *topic = rd_kafka_topic_new(rk, topic_name, NULL);
        struct thread_times before;
        read_thread_times(&before);
        double started = now_seconds();
        for (long long index = 0; index < records * partitions; index++) {
                produce_one(rk, topic, (int32_t)(index / FILL_RUN % partitions));
                if (index % FILL_RUN == 0)
                        rd_kafka_poll(rk, 0);
        }
        if (rd_kafka_flush(rk, 60000) != RD_KAFKA_RESP_ERR_NO_ERROR)
                fail("fill", "records are not delivered after 60 s");
        report(delivered, now_seconds() - started, &before);
        rd_kafka_topic_destroy(topic);
        rd_kafka_destroy(rk);
        return 0;
}

/* From the first record that arrives to the last. */
static int run_consume(const char *brokers, const char *topic_name, int partitions, long long records) {
        rd_kafka_conf_t *conf = rd_kafka_conf_new();
        set(conf, "bootstrap.servers", brokers);
        set(conf, "group.id", "bench");
        set(conf, "enable.auto.commit", "false");
        set(conf, "auto.offset.reset", "earliest");
        rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, conf);
        rd_kafka_poll_set_consumer(rk);
        rd_kafka_topic_partition_list_t *assignment = rd_kafka_topic_partition_list_new(partitions);
        for (int partition = 0; partition < partitions; partition++)
                rd_kafka_topic_partition_list_add(assignment, topic_name, partition)->offset = RD_KAFKA_OFFSET_BEGINNING;
        if (rd_kafka_assign(rk, assignment) != RD_KAFKA_RESP_ERR_NO_ERROR)
                fail("consume", "the assignment is refused");
        rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(rk);
        rd_kafka_message_t *messages[POLLED_AT_ONCE];
        struct thread_times before;
        long long wanted = records * partitions, received = 0;
        double started = 0, deadline = now_seconds() + 60;
        while (received < wanted && now_seconds() < deadline) {
                ssize_t count = rd_kafka_consume_batch_queue(queue, 1000, messages, POLLED_AT_ONCE);
                if (count > 0 && started == 0) {
                        read_thread_times(&before);
                        started = now_seconds();
                }
                for (ssize_t index = 0; index < count; index++) {
                        if (messages[index]->err == RD_KAFKA_RESP_ERR_NO_ERROR)
                                received++;
                        else if (failed++ == 0)
                                snprintf(first_failure, sizeof(first_failure), "%s",
                                         rd_kafka_err2name(messages[index]->err));
                        rd_kafka_message_destroy(messages[index]);
                }
        }
        report(received, now_seconds() - started, &before);
        rd_kafka_queue_destroy(queue);
        rd_kafka_topic_partition_list_destroy(assignment);
        rd_kafka_consumer_close(rk);
        rd_kafka_destroy(rk);
        return received < wanted;
}

int main(int argc, char **argv) {
        if (argc == 3 && strcmp(argv[1], "mock") == 0)
                return run_mock(atoi(argv[2]));
        if (argc == 5 && strcmp(argv[1], "produce") == 0)
                return run_produce(argv[2], argv[3], atof(argv[4]));
        if (argc == 6 && strcmp(argv[1], "fill") == 0)
                return run_fill(argv[2], argv[3], atoi(argv[4]), atoll(argv[5]));
        if (argc == 6 && strcmp(argv[1], "consume") == 0)
                return run_consume(argv[2], argv[3], atoi(argv[4]), atoll(argv[5]));
        fprintf(stderr, "usage: librdkafka-load mock|produce|fill|consume …\n");
        return 2;
}
