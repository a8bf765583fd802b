using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Link;

public sealed class FrameCodecTests
{
    public static TheoryData<string, Frame> Golden => new()
    {
        {
            """{"type":"agent_register","id":"register","seq":1,"ts":1700000000000,"data":{"versions":[1],"agent":"db-1","credential":"ora.demo.s","token":"ort.demo.t.s","boot":"b1","facts":{"version":"0.1.0","capabilities":["sql"],"hostname":"h","cpus":2}}}""",
            new Frame("register", 1, 1_700_000_000_000, new AgentRegister
            {
                Versions = [1], Agent = "db-1", Credential = "ora.demo.s", Token = "ort.demo.t.s", Boot = "b1",
                Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql"], Hostname = "h", Cpus = 2 },
            })
        },
        {
            """{"type":"ack","id":"register","seq":1,"ts":0,"data":{"registered":{"version":1,"session":"s","enrolled":true,"capabilities":["sql"],"config":{"heartbeat_seconds":30,"report_seconds":10}}}}""",
            new Frame("register", 1, 0, new Ack(new Registered { Version = 1, Session = "s", Enrolled = true, Capabilities = ["sql"], Config = new LinkConfig(30, 10) }))
        },
        { """{"type":"ack","id":"heartbeat","seq":2,"ts":0,"data":{}}""", new Frame("heartbeat", 2, 0, new Ack()) },
        { """{"type":"heartbeat","seq":9223372036854775807,"ts":-1,"data":{}}""", new Frame(null, long.MaxValue, -1, new Heartbeat()) },
        {
            """{"type":"agent_status","seq":2,"ts":0,"data":{"databases":[{"name":"starrocks","state":"unreachable","message":"refused"}]}}""",
            new Frame(null, 2, 0, new AgentStatusReport { Databases = [new DatabaseState("starrocks", "unreachable", null, "refused")] })
        },
        {
            """{"type":"task_create","seq":2,"ts":0,"data":{"task_id":"t1","type":"sql","attempt":0,"command":"SELECT '1'","limits":{"timeout_ms":1000,"max_rows":10,"max_bytes":100},"timeout_seconds":300,"priority":5,"check":false,"actor":"k"}}""",
            new Frame(null, 2, 0, new TaskCreate { TaskId = "t1", Type = "sql", Command = "SELECT '1'", Actor = "k", Limits = new SqlLimits { TimeoutMs = 1000, MaxRows = 10, MaxBytes = 100 } })
        },
        {
            """{"type":"task_complete","seq":3,"ts":0,"data":{"task_id":"t1","attempt":0,"status":"failed","problem":{"code":"sql_failed","message":"no","details":{"errno":"1064"}},"rows":0,"elapsed_ms":1.5,"payload_bytes":0}}""",
            new Frame(null, 3, 0, new TaskComplete { TaskId = "t1", Status = "failed", ElapsedMs = 1.5, Problem = new Problem("sql_failed", "no") { Details = new() { ["errno"] = "1064" } } })
        },
        {
            """{"type":"task_create","seq":2,"ts":0,"data":{"task_id":"t2","type":"shell","attempt":1,"params":{"argv":["true"]},"file":{"file_id":"f","name":"a.sh","size":7,"sha256":"00","grant":"g"},"timeout_seconds":60,"priority":10,"check":false}}""",
            new Frame(null, 2, 0, new TaskCreate
            {
                TaskId = "t2", Type = "shell", Attempt = 1, Params = JsonDocument.Parse("""{"argv":["true"]}""").RootElement,
                File = new TaskFile("f", "a.sh", 7, "00", "g"), TimeoutSeconds = 60, Priority = 10,
            })
        },
        {
            """{"type":"task_complete","seq":3,"ts":0,"data":{"task_id":"t2","attempt":1,"status":"success","rows":0,"elapsed_ms":2,"payload_bytes":0,"result":"hi","exit_code":0,"started_at":1,"finished_at":3,"log":{"chunks":1,"stdout":2,"stderr":0,"note":0}}}""",
            new Frame(null, 3, 0, new TaskComplete
            {
                TaskId = "t2", Attempt = 1, Status = "success", ElapsedMs = 2, Result = JsonDocument.Parse("\"hi\"").RootElement, ExitCode = 0,
                StartedAt = 1, FinishedAt = 3, Log = new LogTotals(1, 2),
            })
        },
        {
            """{"type":"task_state","seq":4,"ts":0,"data":{"tasks":[{"task_id":"t1","attempt":1,"status":"pending","position":7},{"task_id":"t2","attempt":2,"status":"running","started_at":5},{"task_id":"t3","attempt":1,"status":"ended"}],"all":true}}""",
            new Frame(null, 4, 0, new TaskStates([new("t1", 1, "pending", 7), new("t2", 2, "running", null, 5), new("t3", 1, "ended")], true))
        },
        { """{"type":"task_state","seq":4,"ts":0,"data":{"tasks":[]}}""", new Frame(null, 4, 0, new TaskStates([])) },
        { """{"type":"task_log","seq":4,"ts":0,"data":{"task_id":"t1","attempt":1,"next":4294967295}}""", new Frame(null, 4, 0, new TaskLog("t1", 1, uint.MaxValue)) },
        { """{"type":"task_ack","seq":4,"ts":0,"data":{"task_id":"t1","attempt":3}}""", new Frame(null, 4, 0, new TaskAck("t1", 3)) },
        { """{"type":"task_cancel","seq":3,"ts":0,"data":{"task_id":"t1"}}""", new Frame(null, 3, 0, new TaskCancel("t1")) },
        { """{"type":"config","seq":3,"ts":0,"data":{"heartbeat_seconds":5,"report_seconds":300}}""", new Frame(null, 3, 0, new LinkConfig(5, 300)) },
        {
            """{"type":"config","seq":3,"ts":0,"data":{"heartbeat_seconds":30,"report_seconds":10,"metrics":{"revision":7,"collectors":[{"name":"host","enabled":true,"interval_seconds":5},{"name":"scrape","enabled":false}],"process_top":30}}}""",
            new Frame(null, 3, 0, new LinkConfig(30, 10, new MetricsConfig(7, [new CollectorConfig("host", true, 5), new CollectorConfig("scrape", false)], 30)))
        },
        { """{"type":"metrics_ack","seq":4,"ts":0,"data":{"boot":"b1","seq":18446744073709551615}}""", new Frame(null, 4, 0, new MetricsAck("b1", ulong.MaxValue)) },
        {
            """{"type":"metrics_ack","seq":4,"ts":0,"data":{"boot":"b1","seq":7,"problem":{"code":"unavailable","message":"later","retry_after_seconds":5}}}""",
            new Frame(null, 4, 0, new MetricsAck("b1", 7, new Problem("unavailable", "later") { RetryAfterSeconds = 5 }))
        },
        { """{"type":"error","seq":3,"ts":0,"data":{"code":"unavailable","message":"later","retry_after_seconds":2}}""", new Frame(null, 3, 0, new LinkError("unavailable", "later", 2)) },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "", ProblemCodes.FrameMalformed },
        { "null", ProblemCodes.FrameMalformed },
        { "[]", ProblemCodes.FrameMalformed },
        { "{}", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"ts":0}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"ts":0,"data":{}} x""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"ts":0,"data":{}}{}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"ts":0,"data":[]}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","type":"heartbeat","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1,"ts":0,"data":{},"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1.5,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":1e400,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":9223372036854775808,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","seq":"1","ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","id":"a b","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"heartbeat","id":"","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"\ud800","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_cancel","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_cancel","seq":1,"ts":0,"data":{"task_id":null}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_cancel","seq":1,"ts":0,"data":{"task_id":"a","task_id":"b"}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_cancel","seq":1,"ts":0,"data":{"task_id":"\ud800"}}""", ProblemCodes.FrameMalformed },
        { """{"type":"agent_status","seq":1,"ts":0,"data":{"databases":[null]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_complete","seq":1,"ts":0,"data":{"task_id":"a","status":"running"}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_complete","seq":1,"ts":0,"data":{"task_id":"a","status":"failed"}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_complete","seq":1,"ts":0,"data":{"task_id":"a","status":"success","elapsed_ms":1e999}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_complete","seq":1,"ts":0,"data":{"task_id":"a","status":"success","rows":-1}}""", ProblemCodes.FrameMalformed },
        { """{"type":"config","seq":1,"ts":0,"data":{"heartbeat_seconds":0,"report_seconds":10}}""", ProblemCodes.FrameMalformed },
        { """{"type":"config","seq":1,"ts":0,"data":{"heartbeat_seconds":30,"report_seconds":10,"metrics":{}}}""", ProblemCodes.FrameMalformed },
        { """{"type":"config","seq":1,"ts":0,"data":{"heartbeat_seconds":30,"report_seconds":10,"metrics":{"revision":1,"process_top":51}}}""", ProblemCodes.FrameMalformed },
        { """{"type":"config","seq":1,"ts":0,"data":{"heartbeat_seconds":30,"report_seconds":10,"metrics":{"revision":1,"collectors":[{"name":"a","interval_seconds":0}]}}}""", ProblemCodes.FrameMalformed },
        { """{"type":"metrics_ack","seq":1,"ts":0,"data":{"boot":"b1","seq":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"metrics_ack","seq":1,"ts":0,"data":{"boot":"b 1","seq":1}}""", ProblemCodes.FrameMalformed },
        { """{"type":"dance","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameUnknownType },
        { """{"type":"task_log","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_log","seq":1,"ts":0,"data":{"task_id":"a","attempt":0,"next":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_log","seq":1,"ts":0,"data":{"task_id":"a","attempt":1,"next":-1}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_log","seq":1,"ts":0,"data":{"task_id":"a b","attempt":1,"next":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_ack","seq":1,"ts":0,"data":{"task_id":"a","attempt":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_state","seq":1,"ts":0,"data":{"tasks":null}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_state","seq":1,"ts":0,"data":{"tasks":[null]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_state","seq":1,"ts":0,"data":{"tasks":[{"task_id":"a","attempt":1,"status":"success"}]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_state","seq":1,"ts":0,"data":{"tasks":[{"task_id":"a","attempt":0,"status":"ended"}]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_state","seq":1,"ts":0,"data":{"tasks":[{"task_id":"a","attempt":1,"status":"pending","position":-1}]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","attempt":-1}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","timeout_seconds":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","timeout_seconds":86401}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","priority":0}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","priority":11}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","params":[]}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","file":{"file_id":"f","name":"n","size":-1,"sha256":"","grant":""}}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_create","seq":1,"ts":0,"data":{"task_id":"a","type":"shell","file":{"file_id":"f"}}}""", ProblemCodes.FrameMalformed },
        { """{"type":"task_complete","seq":1,"ts":0,"data":{"task_id":"a","attempt":-1,"status":"success"}}""", ProblemCodes.FrameMalformed },
        { """{"type":"service_state","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameUnknownType },
        { """{"type":"service_operate","seq":1,"ts":0,"data":{}}""", ProblemCodes.FrameUnknownType },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Write_EachType_GivesTheBytesOfTheSpecification(string json, Frame frame) => Assert.Equal(json, Write(frame));

    [Theory]
    [MemberData(nameof(Golden))]
    public void Read_EachType_GivesTheFrameThatWasWritten(string json, Frame frame)
    {
        var read = FrameCodec.Read(Encoding.UTF8.GetBytes(json));
        Assert.Null(read.Problem);
        Assert.Equal(Write(frame), Write(read.Value!));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_WrongFrame_AnswersItsCode(string json, string code) =>
        Assert.Equal(code, FrameCodec.Read(Encoding.UTF8.GetBytes(json)).Problem?.Code);

    [Fact]
    public void Read_UnknownMembers_AreIgnored()
    {
        var read = FrameCodec.Read("""{"new":{"a":[1,2]},"type":"heartbeat","seq":1,"ts":0,"data":{"more":[{}]},"x":null}"""u8);
        Assert.IsType<Heartbeat>(read.Value?.Data);
    }

    [Fact]
    public void Read_DeepNesting_IsMalformed()
    {
        var deep = new string('[', 100_000);
        foreach (var json in new[] { deep, $$"""{"x":{{deep}}""", $$"""{"type":"heartbeat","seq":1,"ts":0,"data":{"x":{{deep}}""" })
            Assert.Equal(ProblemCodes.FrameMalformed, FrameCodec.Read(Encoding.UTF8.GetBytes(json)).Problem?.Code);
    }

    [Fact]
    public void Read_InvalidUtf8_IsMalformed()
    {
        byte[] frame = [.. "{\"type\":\"heartbeat\",\"seq\":1,\"ts\":0,\"data\":{},\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal(ProblemCodes.FrameMalformed, FrameCodec.Read(frame).Problem?.Code);
    }

    [Fact]
    public void Read_PastTheCap_IsTooLargeUnread() =>
        Assert.Equal(ProblemCodes.FrameTooLarge, FrameCodec.Read(new byte[LinkProtocol.MaxTextBytes + 1]).Problem?.Code);

    [Fact]
    public void Read_CredentialInABrokenFrame_IsNotQuoted()
    {
        var read = FrameCodec.Read("""{"type":"agent_register","seq":1,"ts":0,"data":{"credential":"ora.demo.hush","agent":7}}"""u8);
        Assert.DoesNotContain("hush", read.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Settles(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Read_MutatedFrames_NeverThrow()
    {
        var frames = Golden.Select(row => Encoding.UTF8.GetBytes((string)row[0])).ToArray();
        var mutation = from frame in Gen.Elements(frames)
                       from edits in Gen.ListOf(from at in Gen.Choose(0, frame.Length - 1) from b in Gen.Choose(0, 255) from kind in Gen.Choose(0, 2) select (at, (byte)b, kind))
                       select edits.Aggregate(frame, Mutate);
        Prop.ForAll(Arb.From(mutation), bytes => Settles(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Read_AValueOfAnotherKindAnywhere_NeverThrows()
    {
        string[] values = ["null", "1e999", "-1", "[]", "{}", "\"x\"", "true", "123456789012345678901234567890", "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "\"\\ud800\""];
        foreach (var row in Golden)
        {
            foreach (var value in values)
            {
                foreach (var changed in Replaced(JsonNode.Parse((string)row[0])!.AsObject(), value))
                    Assert.True(Settles(Encoding.UTF8.GetBytes(changed)), changed);
            }
        }
    }

    private static IEnumerable<string> Replaced(JsonObject frame, string value)
    {
        foreach (var container in new[] { frame, frame["data"]!.AsObject() })
        {
            foreach (var (name, old) in container.ToArray())
            {
                container[name] = "@@";
                yield return frame.ToJsonString().Replace("\"@@\"", value);
                container[name] = old;
            }
        }
    }

    private static bool Settles(byte[] bytes)
    {
        var read = FrameCodec.Read(bytes);
        return read.Ok ? read.Value.Data is not null : read.Problem.Code.StartsWith("frame_") && read.Problem.Message.Length < 300;
    }

    private static byte[] Mutate(byte[] frame, (int At, byte Byte, int Kind) edit)
    {
        var at = Math.Min(edit.At, Math.Max(0, frame.Length - 1));
        return edit.Kind switch
        {
            0 when frame.Length > 0 => [.. frame[..at], edit.Byte, .. frame[(at + 1)..]],
            1 => [.. frame[..at], edit.Byte, .. frame[at..]],
            _ => frame[..at],
        };
    }

    private static string Write(Frame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, frame);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
