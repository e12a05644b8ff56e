using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Kernel;

/// <summary>Work in services of its own, with a database context of its own, within a scope.</summary>
public static class ActAs
{
    extension(IServiceScopeFactory scopes)
    {
        /// <summary>Does work as somebody: what it reads and writes lies within that scope.</summary>
        public async Task<T> As<T>(Scope who, Func<IServiceProvider, Task<T>> work)
        {
            ArgumentNullException.ThrowIfNull(work);
            await using var services = scopes.CreateAsyncScope();
            services.ServiceProvider.GetRequiredService<CurrentScope>().Scope = who;
            return await work(services.ServiceProvider);
        }

        /// <summary>Does work as the program itself within a county, for whoever was let in another way: a buyer who holds the link of an order, a worker.</summary>
        /// <param name="county">County; null: everywhere.</param>
        /// <param name="work">What to do.</param>
        public Task<T> In<T>(AreaCode? county, Func<IServiceProvider, Task<T>> work) => scopes.As(county is { } one ? new Scope { Area = one, Role = Role.CountyStaff } : Scope.Everything, work);
    }
}
