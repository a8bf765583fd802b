using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Outrider.Api.Operations.Alerts.Import;

namespace Outrider.Api.Operations.Alerts;

internal static class AlertServices
{
    /// <summary>
    /// Adds what front doors do with rules, alerts and channels. Besides, the container must hold <c>IMetricStore</c>, <c>IAlertStore</c> and
    /// <c>INotifier</c>.
    /// </summary>
    public static IServiceCollection AddAlertOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<PromQlOperations>();
        services.TryAddSingleton<RuleOperations>();
        services.TryAddSingleton<DryRunOperations>();
        services.TryAddSingleton<ImportOperations>();
        services.TryAddSingleton<OldRuleOperations>();
        services.TryAddSingleton<AlertOperations>();
        services.TryAddSingleton<ExplanationOperations>();
        services.TryAddSingleton<SilenceOperations>();
        services.TryAddSingleton<ChannelOperations>();
        services.TryAddSingleton<SecretOperations>();
        return services;
    }
}
