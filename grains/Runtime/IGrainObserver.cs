namespace Outrider.Grains.Runtime;

/// <summary>Marks the contract of a local object that grains call back. Same rules as <see cref="IGrain"/>; calls may overlap.</summary>
public interface IGrainObserver;
