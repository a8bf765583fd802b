using System.Text.Json.Serialization;

namespace Outrider.Agent.Policy.Hosts;

/// <summary>One entry of a list of hosts: in JSON its text alone, or an object with these members.</summary>
/// <param name="Host">A name, <c>*.</c> and a name, an address or a range of addresses in CIDR form; with <c>:port</c>, only that port.</param>
/// <param name="Private">Of a name that is allowed: it may mean private addresses.</param>
[JsonConverter(typeof(HostEntryConverter))]
public sealed record HostEntry(string Host, bool Private = false);
