using System.Net;
using Outrider.Silo.Hosting.Configuration;

namespace Outrider.Silo.Orleans.Configuration;

/// <summary>What a silo is started with.</summary>
public sealed record SiloSettings : CentreOptions
{
    public const int DefaultSiloPort = 11111;
    public const int DefaultClientPort = 30000;

    /// <summary>The kind of the database that all silos share; null: not given.</summary>
    public DatabaseKind? Database { get; init; }

    /// <summary>How to reach it, as its driver writes it (ADO.NET); null: not given.</summary>
    public string? DatabaseConnection { get; init; }

    /// <summary>A file that holds the database's password, and nothing else; null: it stands in <see cref="DatabaseConnection"/>.</summary>
    public string? DatabasePasswordFile { get; init; }

    /// <summary>Silos of one cluster know each other by it.</summary>
    public string ClusterId { get; init; } = "outrider";

    /// <summary>Grain state and reminders are kept under it; unlike the cluster's id it never changes.</summary>
    public string ServiceId { get; init; } = "outrider";

    /// <summary>The address at which the other silos reach this one, and the only one that it listens on for them.</summary>
    public IPAddress SiloAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Where the other silos call.</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary>
    /// Lets Orleans clients in. One of them may call any grain of any tenant, so they are part of the centre: only for a network of which
    /// every machine is trusted.
    /// </summary>
    public bool TrustedClients { get; init; }

    /// <summary>Where <see cref="TrustedClients"/> call.</summary>
    public int ClientPort { get; init; } = DefaultClientPort;

    /// <summary>This silo's certificate in PEM, for both directions; null: silos talk in clear.</summary>
    public string? SiloTlsCertificate { get; init; }

    public string? SiloTlsKey { get; init; }

    /// <summary>The authority that signs the certificates of silos, and of nobody else: whoever has one is a silo.</summary>
    public string? SiloTlsCa { get; init; }

    /// <summary>How long requests are still taken after SIGTERM while <c>/health/ready</c> says no, for load balancers to notice.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Collector of metrics and traces: OTLP over HTTP, such as http://collector:4318; null: none.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Share of requests that are traced, in percent.</summary>
    public int OtlpTracePercent { get; init; } = 1;
}
