export default function FanoutPage() {
  return null;
}
