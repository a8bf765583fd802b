namespace Outrider.Silo.OrleansClient.Observers;

/// <summary>How objects of one contract are held and reached over Orleans.</summary>
internal interface IObserverBinding<TContract> where TContract : class
{
    /// <summary>Makes the local objects of this contract reachable; the result keeps that so.</summary>
    Holder<TContract> Hold(IGrainFactory factory);

    /// <summary>A caller's end.</summary>
    TContract Reach(IGrainFactory factory, Orleans.Runtime.GrainId holder, string id);
}
