using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Layout;

/// <summary>How what was typed becomes what a page works with, the same on every page: days and lines of text.</summary>
internal sealed class FormBinders : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DayBinder()
        : context.Metadata.ModelType == typeof(string) ? new LinesBinder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()))
        : null;

    /// <summary>A day between 1900 and 2200, so that no reckoning from it leaves the calendar; another is no day, and is said so in the reader's language.</summary>
    private sealed class DayBinder : IModelBinder
    {
        private static readonly DateOnly First = new(1900, 1, 1), Last = new(2200, 12, 31);
        private static readonly string[] Ways = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var given = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
            if (given == ValueProviderResult.None) return Task.CompletedTask;
            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, given);
            var text = Numerals.Narrow(given.FirstValue ?? "").Trim();
            if (text.Length == 0 && bindingContext.ModelMetadata.IsNullableValueType) bindingContext.Result = ModelBindingResult.Success(null);
            else if ((DateOnly.TryParseExact(text, Ways, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || DateOnly.TryParse(text, CultureInfo.InvariantCulture, out day)) && day >= First && day <= Last) bindingContext.Result = ModelBindingResult.Success(day);
            else bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, bindingContext.HttpContext.RequestServices.GetRequiredService<Say>()["form.day-unread", text]);
            return Task.CompletedTask;
        }
    }

    /// <summary>Browsers send a line break as two characters and count it as one: so do the bounds of our texts.</summary>
    private sealed class LinesBinder(SimpleTypeModelBinder plain) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            await plain.BindModelAsync(bindingContext);
            if (bindingContext.Result.Model is string text && text.Contains('\r', StringComparison.Ordinal)) bindingContext.Result = ModelBindingResult.Success(text.ReplaceLineEndings("\n"));
        }
    }
}
