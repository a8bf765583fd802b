using Outrider.Grains.Alerts;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAlertRule"/>
public interface IAlertRuleGrain : IAlertRule, IGrainWithStringKey;
