using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Kernel;

/// <summary>An upper module's answer to news from a lower one, before the one save, so that both commit or neither.</summary>
/// <typeparam name="TEvent">A record in the lower module's Contracts.</typeparam>
public interface IHandle<in TEvent>
{
    /// <summary>Adds what follows from the event to the same database context. A refusal refuses the whole change.</summary>
    Task<Refusal?> Handle(TEvent news, CancellationToken cancel);
}

/// <summary>Tells every handler of an event, in the order of the modules.</summary>
public sealed class Events(IServiceProvider services)
{
    /// <summary>The first refusal ends it.</summary>
    public async Task<Refusal?> Raise<TEvent>(TEvent news, CancellationToken cancel)
    {
        foreach (var handler in services.GetServices<IHandle<TEvent>>())
            if (await handler.Handle(news, cancel) is { } no) return no;
        return null;
    }
}
