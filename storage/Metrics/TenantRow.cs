using Outrider.Grains.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>A tenant as stored.</summary>
/// <param name="No">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Policy">Null: the default.</param>
/// <param name="RawFrom">Raw chunks of earlier windows were removed.</param>
/// <param name="MinuteFrom">Minute chunks of earlier days were removed.</param>
public sealed record TenantRow(int No, string Name, MetricPolicy? Policy, int RawFrom, int MinuteFrom);
