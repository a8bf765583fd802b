using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Transport;

/// <summary>What of an HTTP request travels with its message to the tool: who calls, and a sign that they are gone.</summary>
internal static class RequestContextItems
{
    private const string CallerKey = "outrider/caller";
    private const string GoneKey = "outrider/gone";

    /// <summary>Attaches both. The SDK hands the items to the handler of this message and of no other.</summary>
    public static void Attach(JsonRpcMessage message, Caller caller, string version, CancellationToken gone)
    {
        message.Context ??= new JsonRpcMessageContext();
        message.Context.Items = new Dictionary<string, object?> { [CallerKey] = caller, [GoneKey] = gone };
        if (version.Length > 0)
            message.Context.ProtocolVersion = version;
    }

    public static Caller Caller(MessageContext context) =>
        context.Items.TryGetValue(CallerKey, out var caller) && caller is Caller proven
            ? proven
            : throw new InvalidOperationException("A message came without its caller.");

    public static CancellationToken Gone(MessageContext context) =>
        context.Items.TryGetValue(GoneKey, out var gone) && gone is CancellationToken token ? token : CancellationToken.None;
}
