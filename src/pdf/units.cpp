#include "pdf/units.h"

namespace ca::pdf {

std::string format_thousandths(std::int64_t thousandths) {
    std::string text;
    if (thousandths < 0) {
        text += '-';
        thousandths = -thousandths;
    }
    text += std::to_string(thousandths / 1000);
    auto fraction = static_cast<int>(thousandths % 1000);
    if (fraction == 0) return text == "-0" ? "0" : text;
    text += '.';
    for (int digit = 100; fraction > 0; digit /= 10) {
        text += static_cast<char>('0' + fraction / digit);
        fraction %= digit;
    }
    return text;
}

std::string format_colour(Colour colour) {
    auto component = [](int value) { return format_thousandths((value * 1000 + 127) / 255); };
    return component(colour.red) + ' ' + component(colour.green) + ' ' + component(colour.blue);
}

}  // namespace ca::pdf
