using Outrider.Grains.Alerts;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAlertSettings"/>
public interface IAlertSettingsGrain : IAlertSettings, IGrainWithStringKey;
