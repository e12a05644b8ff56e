using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>Eight buyers at once who order, pay and change their minds. What they were told is kept outside of the database, a line each, so that it can be held against the books after a kill.</summary>
internal static class OrderWork
{
    public const string Name = "orders", Paying = "pay";

    /// <summary>Where the answers stand: <c>placed|paid|cancelled ORDER</c>.</summary>
    public static string Answers(TestHost host) => Path.Combine(host.Folder, "answers.txt");

    public static async Task Round(TestHost host, Action<string> at)
    {
        at("order");
        var queue = host.Services.GetRequiredService<CheckoutQueue>();
        var placed = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var answer = await queue.Place(Window.Order(i % 3 + 1), CancellationToken.None);
            if (answer.Refused is null) Told(host, $"placed {answer.Value.OrderId}");
            return answer;
        }));
        at(Paying);
        foreach (var one in placed.Where(p => p.Refused is null).Select(p => p.Value))
        {
            if (one.OrderId % 4 == 0)
            {
                if ((await Act(host, s => s.GetRequiredService<MoveOrderHandler>().Handle(one.OrderId, OrderStep.Cancel, default))).Refused is null) Told(host, $"cancelled {one.OrderId}");
            }
            else if (await queue.Pay(new PaymentTold(one.Payment.Number, "wechat", $"T{one.OrderId}", one.Payment.Amount, "CNY"), default) is null) Told(host, $"paid {one.OrderId}");
        }
        at("more");
    }

    private static async Task<T> Act<T>(TestHost host, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = new Scope { Area = SmallCounty.County, Role = Role.CountyStaff };
        return await work(scope.ServiceProvider);
    }

    private static void Told(TestHost host, string line)
    {
        lock (Name) File.AppendAllText(Answers(host), line + "\n");
    }
}
