using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Agent;

public sealed class JournalCodecTests
{
    private static readonly JournalRecord s_started = new(JournalRecordKind.Started, "t1", 1, 1_000);

    [Fact]
    public void Write_ARecord_GivesTheBytesOfTheSpecification()
    {
        byte[] bytes = [.. JournalCodec.Header, .. JournalCodec.Write(s_started)];
        Assert.Equal(Specification(), Convert.ToHexString(bytes));
    }

    [Fact]
    public void Read_WhatWasWritten_ComesBack() => Prop.ForAll<int, long, string>((attempt, at, command) =>
    {
        var record = new JournalRecord(JournalRecordKind.Accepted, "t", attempt, at) { Task = new TaskCreate { TaskId = "t", Type = "shell", Command = command } };
        var bytes = JournalCodec.Write(record);
        // Half of a surrogate pair can't be told in UTF-8.
        var told = command?.EnumerateRunes().Aggregate("", (text, rune) => text + rune);
        return JournalCodec.LengthOf(bytes) == bytes.Length && JournalCodec.Read(bytes) is { Task: { } task } read
            && (read.Kind, read.Attempt, read.At, task.Command) == (record.Kind, attempt, at, told);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBitTurned_GivesNothing()
    {
        var bytes = JournalCodec.Write(s_started);
        for (var bit = 32; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Null(JournalCodec.Read(damaged));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1024 * 1024 + 1)]
    public void LengthOf_AnImpossibleLength_IsNone(int length) => Assert.Null(JournalCodec.LengthOf([.. BitConverter.GetBytes(length), 0, 0, 0, 0]));

    private static string Specification()
    {
        using var reader = new StreamReader(typeof(JournalCodecTests).Assembly.GetManifestResourceStream("agent-tasks.md")!);
        var example = reader.ReadToEnd().Split("```")[^2];
        return string.Concat(example.Split('\n').Select(line => line.Split('|')[0])).Replace(" ", "");
    }
}
