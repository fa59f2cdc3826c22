// The calls of administration, by franz-go's own client for it where that has them.
package main

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kmsg"
)

func administrate(ctx context.Context, address string, pins maxVersions) error {
	client, err := newClient(address, pins.versions())
	if err != nil {
		return err
	}
	defer client.Close()
	admin := kadm.NewClient(client)
	one := "1"
	partitions := kadm.TopicsSet{}
	partitions.Add(topic, 0)
	offsets := kadm.Offsets{}
	offsets.AddOffset(topic, 0, 1, -1)
	epochs := kadm.OffsetForLeaderEpochRequest{}
	epochs.Add(topic, 0, 3)
	moves := kadm.AlterPartitionAssignmentsReq{}
	moves.Assign(topic, 0, []int32{1, 2})
	configs := []kadm.AlterConfig{{Name: "retention.ms", Value: &one}}

	calls := []struct {
		name string
		call func() error
	}{
		{"CreateTopics", func() error { return of(admin.CreateTopic(ctx, 1, 1, map[string]*string{"retention.ms": &one}, topic)) }},
		{"CreatePartitions", func() error { return of(admin.CreatePartitions(ctx, 1, topic)) }},
		{"DescribeConfigs", func() error { return of(admin.DescribeTopicConfigs(ctx, topic)) }},
		{"IncrementalAlterConfigs", func() error { return of(admin.AlterTopicConfigs(ctx, configs, topic)) }},
		{"AlterConfigs", func() error { return of(admin.AlterTopicConfigsState(ctx, configs, topic)) }},
		{"ListOffsets", func() error { return of(admin.ListEndOffsets(ctx, topic)) }},
		{"OffsetForLeaderEpoch", func() error { return of(admin.OffsetForLeaderEpoch(ctx, epochs)) }},
		{"DeleteRecords", func() error { return of(admin.DeleteRecords(ctx, offsets)) }},
		{"ListGroups", func() error { return of(admin.ListGroups(ctx)) }},
		{"DescribeGroups", func() error { return of(admin.DescribeGroups(ctx, group)) }},
		{"ConsumerGroupDescribe", func() error { return of(admin.DescribeConsumerGroups(ctx, group)) }},
		{"OffsetCommit", func() error { return of(admin.CommitOffsets(ctx, group, offsets)) }},
		{"OffsetFetch", func() error { return of(admin.FetchOffsets(ctx, group)) }},
		{"OffsetDelete", func() error { return of(admin.DeleteOffsets(ctx, group, partitions)) }},
		{"DeleteGroups", func() error { return of(admin.DeleteGroups(ctx, group)) }},
		{"DescribeProducers", func() error { return of(admin.DescribeProducers(ctx, partitions)) }},
		{"DescribeTransactions", func() error { return of(admin.DescribeTransactions(ctx, "golden-txn")) }},
		{"ListTransactions", func() error { return of(admin.ListTransactions(ctx, nil, nil)) }},
		{"AlterPartitionReassignments", func() error { return of(admin.AlterPartitionAssignments(ctx, moves)) }},
		{"ListPartitionReassignments", func() error { return of(admin.ListPartitionReassignments(ctx, partitions)) }},
		{"DeleteTopics", func() error { return of(admin.DeleteTopics(ctx, topic)) }},
	}
	for _, call := range calls {
		if err := call.call(); err != nil {
			return fmt.Errorf("%s: %w", call.name, err)
		}
	}
	return nil
}

func of[Result any](_ Result, err error) error {
	return err
}

// Sends by themselves the requests that the client has but does not need here.
func askForTheRest(ctx context.Context, address string, pins maxVersions) error {
	client, err := newClient(address, pins.versions())
	if err != nil {
		return err
	}
	defer client.Close()

	versions := kmsg.NewPtrApiVersionsRequest()
	versions.ClientSoftwareName, versions.ClientSoftwareVersion = "golden", "1"
	cluster := kmsg.NewPtrDescribeClusterRequest()
	heartbeat := kmsg.NewPtrConsumerGroupHeartbeatRequest()
	heartbeat.Group, heartbeat.MemberID = group, "golden-member"
	heartbeat.SubscribedTopicNames = []string{topic}
	handshake := kmsg.NewPtrSASLHandshakeRequest()
	handshake.Mechanism = "PLAIN"
	authenticate := kmsg.NewPtrSASLAuthenticateRequest()
	authenticate.SASLAuthBytes = []byte("\x00golden\x00secret")
	for _, request := range []kmsg.Request{versions, cluster, heartbeat, handshake, authenticate} {
		if _, err := client.Request(ctx, request); err != nil {
			return fmt.Errorf("%s: %w", kmsg.NameForKey(request.Key()), err)
		}
	}
	return nil
}
