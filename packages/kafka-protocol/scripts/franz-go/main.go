// Sends what franz-go has to a scripted broker, in every version that both know: each round it may use versions that
// are one lower than in the round before. Argument: the broker's address. Prints the version of the library.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/kversion"
	"github.com/twmb/franz-go/pkg/sasl/plain"
)

const (
	topic   = "golden"
	group   = "golden-group"
	timeout = 10 * time.Second

	rounds = 14
	// There are no more versions of administration, and the last Metadata names no controller for it.
	roundsOfAdmin = 8
	// Below, a producer has neither ids nor transactions.
	firstProduceOfBatches = 3
	// Who fetches by id, as down from Fetch 16 to 13, has to be told the ids.
	lastRoundByID        = 3
	firstMetadataWithIDs = 10
)

// The highest versions to use, by API key.
type maxVersions map[int16]int16

func main() {
	address := os.Args[1]
	ranges, err := rangesOf(address)
	for round := range int16(rounds) {
		if err != nil {
			break
		}
		err = runRound(address, round, pinsOf(ranges, round))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/twmb/franz-go" {
			fmt.Println(module.Version)
		}
	}
}

func rangesOf(address string) ([]kmsg.ApiVersionsResponseApiKey, error) {
	versions := kversion.V4_0_0() // newer ones begin with an ApiVersions that the broker does not know
	client, err := newClient(address, versions)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	response, err := kmsg.NewPtrApiVersionsRequest().RequestWith(context.Background(), client)
	if err != nil {
		return nil, err
	}
	return response.ApiKeys, nil
}

func pinsOf(ranges []kmsg.ApiVersionsResponseApiKey, round int16) maxVersions {
	pins := maxVersions{}
	for _, api := range ranges {
		pins[api.ApiKey] = max(api.MinVersion, api.MaxVersion-round)
		if api.ApiKey != kmsg.Metadata.Int16() {
			continue
		}
		if round <= lastRoundByID {
			pins[api.ApiKey] = max(pins[api.ApiKey], firstMetadataWithIDs)
		} else {
			pins[api.ApiKey] = max(api.MinVersion, api.MaxVersion-round+1)
		}
	}
	return pins
}

func (p maxVersions) versions() *kversion.Versions {
	versions := kversion.Stable()
	for key, version := range p {
		versions.SetMaxKeyVersion(key, version)
	}
	return versions
}

func newClient(address string, versions *kversion.Versions, options ...kgo.Opt) (*kgo.Client, error) {
	common := []kgo.Opt{
		kgo.SeedBrokers(address),
		kgo.ClientID("golden"),
		kgo.MaxVersions(versions),
		kgo.RequestRetries(0),
		kgo.RecordRetries(3),
		kgo.DefaultProduceTopic(topic),
		kgo.ProducerBatchCompression(kgo.NoCompression()),
		kgo.FetchMaxWait(100 * time.Millisecond),
		kgo.DisableClientMetrics(),
	}
	return kgo.NewClient(append(common, options...)...)
}

func runRound(address string, round int16, pins maxVersions) error {
	ctx, cancel := context.WithTimeout(context.Background(), 6*timeout)
	defer cancel()
	steps := []struct {
		name   string
		wanted bool
		run    func(context.Context, string, maxVersions) error
	}{
		{"produce", true, produce},
		{"authenticate", round == 0, authenticate}, // in the versions of the broker, whatever is pinned
		{"consume in a group", true, consumeInClassicGroup},
		{"consume in a group of the new protocol", round == 0, consumeInConsumerGroup},
		{"transact", pins[kmsg.Produce.Int16()] >= firstProduceOfBatches, transact},
		{"administrate", round < roundsOfAdmin, administrate},
		{"ask for the rest", true, askForTheRest},
	}
	for _, step := range steps {
		if !step.wanted {
			continue
		}
		if err := step.run(ctx, address, pins); err != nil {
			return fmt.Errorf("round %d, %s: %w", round, step.name, err)
		}
	}
	return nil
}

func produce(ctx context.Context, address string, pins maxVersions) error {
	var options []kgo.Opt
	if pins[kmsg.Produce.Int16()] < firstProduceOfBatches {
		options = append(options, kgo.DisableIdempotentWrite())
	}
	client, err := newClient(address, pins.versions(), options...)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.ProduceSync(ctx, record(pins)).FirstErr()
}

func record(pins maxVersions) *kgo.Record {
	record := &kgo.Record{Key: []byte("key"), Value: []byte("value"), Timestamp: time.UnixMilli(1_700_000_000_000)}
	if pins[kmsg.Produce.Int16()] >= firstProduceOfBatches {
		record.Headers = []kgo.RecordHeader{{Key: "h", Value: []byte("1")}}
	}
	return record
}

func authenticate(ctx context.Context, address string, pins maxVersions) error {
	mechanism := plain.Auth{User: "golden", Pass: "secret"}.AsMechanism()
	client, err := newClient(address, pins.versions(), kgo.SASL(mechanism))
	if err != nil {
		return err
	}
	defer client.Close()
	return client.Ping(ctx)
}

func consumeInClassicGroup(ctx context.Context, address string, pins maxVersions) error {
	return consume(ctx, address, pins)
}

func consumeInConsumerGroup(ctx context.Context, address string, pins maxVersions) error {
	return consume(ctx, address, pins, kgo.ServerSideBalancer())
}

func consume(ctx context.Context, address string, pins maxVersions, more ...kgo.Opt) error {
	options := append(groupOptions(), more...)
	client, err := newClient(address, pins.versions(), options...)
	if err != nil {
		return err
	}
	defer client.Close()
	fetches := client.PollFetches(ctx)
	if err := fetches.Err(); err != nil {
		return err
	}
	if err := client.CommitUncommittedOffsets(ctx); err != nil {
		return err
	}
	time.Sleep(300 * time.Millisecond) // a heartbeat
	return client.LeaveGroupContext(ctx)
}

func groupOptions() []kgo.Opt {
	return []kgo.Opt{
		kgo.ConsumerGroup(group),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.HeartbeatInterval(100 * time.Millisecond),
		kgo.DisableAutoCommit(),
	}
}

func transact(ctx context.Context, address string, pins maxVersions) error {
	options := []kgo.Opt{
		kgo.SeedBrokers(address),
		kgo.ClientID("golden"),
		kgo.MaxVersions(pins.versions()),
		kgo.DefaultProduceTopic(topic),
		kgo.FetchMaxWait(100 * time.Millisecond),
		kgo.DisableClientMetrics(),
		kgo.TransactionalID("golden-txn"),
	}
	session, err := kgo.NewGroupTransactSession(append(options, groupOptions()...)...)
	if err != nil {
		return err
	}
	defer session.Close()
	if err := session.PollFetches(ctx).Err(); err != nil {
		return err
	}
	if err := session.Begin(); err != nil {
		return err
	}
	if err := session.ProduceSync(ctx, record(pins)).FirstErr(); err != nil {
		return err
	}
	isCommitted, err := session.End(ctx, kgo.TryCommit)
	if err == nil && !isCommitted {
		err = errors.New("the transaction was aborted")
	}
	return err
}
