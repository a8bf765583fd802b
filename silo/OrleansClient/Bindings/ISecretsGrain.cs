using Outrider.Grains.Secrets;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="ISecrets"/>
public interface ISecretsGrain : ISecrets, IGrainWithStringKey;
