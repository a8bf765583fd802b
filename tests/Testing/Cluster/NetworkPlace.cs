using System.Net;

namespace Outrider.Testing.Cluster;

/// <summary>A network namespace of a <see cref="SiloNetwork"/>, as a machine of its own.</summary>
/// <param name="Namespace">As <c>ip netns</c> knows it.</param>
/// <param name="Address">Its one address.</param>
public sealed record NetworkPlace(string Namespace, IPAddress Address);
