namespace Outrider.Grains.Runtime;

/// <summary>Marks the contract of a local object that grains call back. Same rules as <see cref="IGrain"/>; calls may overlap, and those made together start in any order.</summary>
public interface IGrainObserver;
