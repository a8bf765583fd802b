using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;
using Outrider.MySql.Server;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.MySql;

/// <summary>Bytes from outside, random or nearly right, end in a value or in a <see cref="MySqlException"/>, within bounds of memory.</summary>
public sealed class FuzzTests
{
    private const int PayloadCases = 100_000;
    private const int SessionCases = 30_000;
    private const int MaxPayloadBytes = 64 * 1024;
    private const int MaxSessionBytes = 512 * 1024;

    private static readonly (string Name, Func<byte[], bool> TryRead, byte[] Valid)[] s_codecs =
    [
        ("greeting", b => InitialHandshakePayload.TryRead(b, out _), Script.Payload(Script.Greeting(Script.ServerCapabilities).Write)),
        ("TLS request", b => TlsRequestPayload.TryRead(b, out _), Script.Payload(
            new TlsRequestPayload { Capabilities = Capabilities.Tls | Capabilities.Protocol41, MaxPacketBytes = 1 }.Write)),
        ("login", b => HandshakeResponsePayload.TryRead(b, out _), Script.Payload(Login().Write)),
        ("switch", b => AuthenticationSwitchPayload.TryRead(b, out _), Script.Payload(new AuthenticationSwitchPayload("p", [1, 2]).Write)),
        ("OK", b => OkPayload.TryRead(b, out _), Script.Payload(writer => new OkPayload { Info = "info", AffectedRows = 70_000 }.Write(writer))),
        ("ERR", b => ErrPayload.TryRead(b, out _), Script.Payload(new ErrPayload(1064, "42000", "no").Write)),
        ("EOF", b => EofPayload.TryRead(b, out _), Script.Payload(Script.Eof)),
        ("header", b => ResultHeaderPayload.TryRead(b, out _), Script.Payload(new ResultHeaderPayload(300).Write)),
        ("column", b => ColumnDefinitionPayload.TryRead(b, out _), Script.Payload(new ColumnDefinitionPayload { Name = "name" }.Write)),
        ("row", b => TextRowPayload.TryRead(b, new CellRange[3]), Script.Payload(writer => TextRowPayload.Write(writer, ["a", null, new('x', 300)]))),
        ("command", b => CommandPayload.TryRead(b, out _), Script.Payload(new CommandPayload(CommandCode.Query, "SELECT 1").Write)),
    ];

    public static TheoryData<string> Codecs => [.. s_codecs.Select(codec => codec.Name)];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void TryRead_RandomAndMutatedPayloads_GiveAnAnswerInBounds(string name)
    {
        var codec = s_codecs.Single(codec => codec.Name == name);
        Assert.True(codec.TryRead(codec.Valid));
        var mutator = new Mutator(seed: 1);
        var accepted = 0;
        for (var i = 0; i < PayloadCases; i++)
        {
            var payload = i % 2 == 0 ? mutator.Mutate(codec.Valid) : mutator.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (codec.TryRead(payload))
                accepted++;
            AssertBounded(before, MaxPayloadBytes, i, payload);
        }
        // A fuzzer that is always refused tests nothing.
        Assert.True(accepted > PayloadCases / 100, $"{accepted} accepted");
    }

    [Fact]
    public async Task ClientSession_MutatedServer_EndsInAValueOrOneOfOurExceptions()
    {
        var scripts = new[]
        {
            Script.Greeted().Result(["x", null], ["", "2"]).Bytes,
            Script.Greeted(Script.ServerCapabilities, AuthenticationPlugins.CachingSha2Password).Packet(1, Script.Ok).Bytes,
            Script.Greeted(Script.ServerCapabilities | Capabilities.DeprecateEof)
                .Packet(1, new ResultHeaderPayload(1).Write)
                .Packet(2, new ColumnDefinitionPayload { Name = "a" }.Write)
                .Packet(3, writer => TextRowPayload.Write(writer, [new string('x', 300)]))
                .Packet(4, writer => new OkPayload().Write(writer, isResultEnd: true)).Bytes,
        };
        var mutator = new Mutator(seed: 2);
        var values = 0;
        for (var i = 0; i < SessionCases; i++)
        {
            var script = mutator.Mutate(scripts[i % scripts.Length]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                await TalkAsync(script, chunk: 1 + i % 40);
                values++;
            }
            catch (MySqlException)
            {
                // One of the two ways to end.
            }
            AssertBounded(before, MaxSessionBytes, i, script);
        }
        Assert.True(values > SessionCases / 100, $"{values} talks went to their end");
    }

    [Fact]
    public async Task ServerSession_MutatedClient_EndsInAValueOrOneOfOurExceptions()
    {
        var valid = new Script()
            .Packet(1, Login().Write)
            .Packet(0, new CommandPayload(CommandCode.Ping).Write)
            .Packet(0, new CommandPayload(CommandCode.Query, "SELECT 1").Write)
            .Packet(0, new CommandPayload(CommandCode.Query, "KILL QUERY 5").Write)
            .Packet(0, new CommandPayload(CommandCode.InitDatabase, "db").Write)
            .Packet(0, new CommandPayload(CommandCode.Quit).Write).Bytes;
        var handler = new CountingHandler();
        using var secrets = new ServerSecrets();
        var options = new ServerOptions { FindPassword = _ => "", MaxPacketBytes = 64 * 1024 };
        var mutator = new Mutator(seed: 3);
        for (var i = 0; i < SessionCases; i++)
        {
            var script = mutator.Mutate(valid);
            var session = new ServerSession(
                new ScriptedStream(script, 1 + i % 40), options, secrets, new SessionRegistry(), handler, TimeProvider.System);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                await session.RunAsync(default);
            }
            catch (MySqlException)
            {
                // One of the two ways to end.
            }
            AssertBounded(before, MaxSessionBytes, i, script);
        }
        Assert.True(handler.Count > SessionCases / 100, $"{handler.Count} statements got through");
    }

    private static void AssertBounded(long before, int limit, int number, byte[] input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > limit)
            Assert.Fail($"case {number} allocated {allocated} bytes: {Convert.ToHexString(input)}");
    }

    private static HandshakeResponsePayload Login() => new()
    {
        Capabilities = Script.ServerCapabilities,
        MaxPacketBytes = 1 << 20,
        User = "open",
        AuthenticationResponse = [],
        AuthenticationPlugin = AuthenticationPlugins.NativePassword,
    };

    private static async Task TalkAsync(byte[] script, int chunk)
    {
        await using var session = await ClientSession.ConnectAsync(new ScriptedStream(script, chunk), Script.Client, default);
        await using var result = await session.QueryAsync("SELECT 1", default);
        while (await result.ReadAsync(default))
        {
            for (var i = 0; i < result.Columns.Count; i++)
                Assert.Equal(result.IsNull(i), result.GetText(i) is null);
        }
        Assert.Equal(ClientSessionState.Ready, session.State);
    }

    private sealed class CountingHandler : IQueryHandler
    {
        public int Count { get; private set; }

        public ValueTask<QueryReply> HandleAsync(string sql, ServerSession session, CancellationToken cancellationToken)
        {
            Count++;
            return new(QueryReply.FromRows(["a"], ["1"], [null]));
        }
    }
}
