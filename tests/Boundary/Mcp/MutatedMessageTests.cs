using System.Text;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>Messages with bytes changed, dropped, doubled or cut: whatever comes, the door answers and stays open.</summary>
public sealed class MutatedMessageTests
{
    private static readonly string[] s_messages =
    [
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run_sql","arguments":{"sql":"SHOW BACKENDS","max_rows":5},"_meta":{"progressToken":1}}}""",
        """{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{"listChanged":true}},"clientInfo":{"name":"x","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"x"}}""",
        """{"jsonrpc":"2.0","id":3,"result":{"a":[1,2.5e3,null,true,"\u00e9"]}}""",
        """{"jsonrpc":"2.0","id":4,"error":{"code":-32000,"message":"x","data":{}}}""",
        """{"jsonrpc":"2.0","id":5,"method":"tools/list","params":{"cursor":"x","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""",
    ];

    private static readonly byte[] s_telling = "\"{}[]:,0-9eE.\\ntfu\0"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_MutatedMessage_IsNeverAServerError(bool session)
    {
        await using var centre = await McpCentre.StartAsync();
        using var client = centre.Raw();
        if (session)
            await client.InitializeAsync();
        var random = new Random(20261120);
        for (var i = 0; i < 1_000; i++)
        {
            var body = Mutate(Encoding.UTF8.GetBytes(s_messages[i % s_messages.Length]), random);
            using var response = await client.PostAsync("", request =>
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new("application/json");
            });
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode < 500, $"Case {i}: {response.StatusCode} to {Encoding.UTF8.GetString(body)}: {text}");
        }
        Assert.NotNull((await client.CallAsync("ping"))["result"]);
    }

    private static byte[] Mutate(byte[] message, Random random)
    {
        var bytes = message.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = s_telling[random.Next(s_telling.Length)];
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }
        return [.. bytes];
    }
}
