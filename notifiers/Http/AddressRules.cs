using System.Net;
using Outrider.Protocol.Hosts;

namespace Outrider.Notifiers.Http;

/// <summary>Which addresses messages are sent to. A tenant names its receivers, and must not reach with them what only the centre can.</summary>
/// <param name="AllowPrivate">Whether receivers may be on this machine and in private networks.</param>
public sealed record AddressRules(bool AllowPrivate)
{
    /// <summary>Why nothing is sent there; null: it may be.</summary>
    public string? Refusal(IPAddress address) => AddressKinds.Of(address) switch
    {
        AddressKind.Never => "it is a link-local or metadata address",
        AddressKind.Private when !AllowPrivate => "it is a private address, which this centre doesn't allow (notify_private_addresses)",
        _ => null,
    };
}
