using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Outrider.Silo.Orleans.Configuration;

namespace Outrider.Silo.Orleans.Telemetry;

/// <summary>Sends metrics and traces of this process to a collector: OTLP over HTTP, https://opentelemetry.io/docs/specs/otlp/#otlphttp.</summary>
internal sealed class OtlpExport : IDisposable
{
    private static readonly string[] s_meters =
    [
        "Outrider.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql", "MySqlConnector",
    ];

    private static readonly string[] s_sources = ["Outrider.*", "Microsoft.Orleans.*", "Microsoft.AspNetCore"];

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    public OtlpExport(SiloSettings options)
    {
        var instance = string.Create(CultureInfo.InvariantCulture, $"{options.SiloAddress}:{options.SiloPort}");
        var resource = ResourceBuilder.CreateDefault()
            .AddService("outrider-silo", options.ClusterId, typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), false, instance);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(s_meters)
            .AddOtlpExporter(exporter => To(exporter, options.OtlpEndpoint!, "metrics")).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(s_sources)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.OtlpTracePercent / 100.0)))
            .AddOtlpExporter(exporter => To(exporter, options.OtlpEndpoint!, "traces")).Build();
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void To(OtlpExporterOptions exporter, string endpoint, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{endpoint}/v1/{signal}");
        exporter.TimeoutMilliseconds = 2_000;
    }
}
