namespace Outrider.Silo.OrleansClient.Observers;

/// <inheritdoc cref="IObserverBinding{TContract}"/>
internal sealed class ObserverBinding<TContract, TObserver>(Func<LocalObjects<TContract>, TObserver> hold, Func<TObserver, string, TContract> reach)
    : IObserverBinding<TContract>
    where TContract : class where TObserver : class, IGrainObserver
{
    public Holder<TContract> Hold(IGrainFactory factory)
    {
        var objects = new LocalObjects<TContract>();
        var observer = hold(objects);
        return new Holder<TContract>(factory.CreateObjectReference<TObserver>(observer).GetGrainId(), objects, observer);
    }

    public TContract Reach(IGrainFactory factory, GrainId holder, string id) => reach(factory.GetGrain<TObserver>(holder), id);
}
