namespace Outrider.Silo.OrleansClient.Observers;

/// <summary>The local objects of one contract and the address under which Orleans reaches them.</summary>
/// <param name="Observer">Kept here, because Orleans refers to it weakly.</param>
internal sealed record Holder<TContract>(GrainId Address, LocalObjects<TContract> Objects, object Observer) where TContract : class;
