namespace Outrider.Grains.Secrets;

/// <summary>Seals secrets for the store, so that who reads the store alone learns none.</summary>
public interface ISecretSealer
{
    /// <summary>Seals a value for one tenant and name.</summary>
    byte[] Seal(string tenant, string name, string value);

    /// <summary>The value; null: it was sealed for another tenant or name, under another platform key, or was changed.</summary>
    string? Open(string tenant, string name, byte[] sealedValue);
}
